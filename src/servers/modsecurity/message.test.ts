import { expect, test } from "bun:test"
import { array, assert, constantFrom, nat, oneof, property, string, tuple } from "fast-check"
import { line2, line3, lineCoraza } from "./lines.fixture.ts"
import { readMessage } from "./message.ts"

test("a line of ModSecurity 2 in httpd's log is read whole", () => {
  const message = readMessage(
    String.raw`[Sat Nov 21 15:51:24.708052 2026] [security2:error] [pid 7173:tid 7188] [client 127.0.0.1:56038] [client 127.0.0.1] ModSecurity: Warning. Pattern match "(?i)<script[^>]*>[\\\\s\\\\S]*?" at ARGS:body.text. [file "/usr/share/modsecurity-crs/rules/REQUEST-941-APPLICATION-ATTACK-XSS.conf"] [line "83"] [id "941110"] [msg "XSS Filter - Category 1: Script Tag Vector"] [data "Matched Data: <script> found within ARGS:body.text: <script>alert(1)</script>"] [severity "CRITICAL"] [ver "OWASP_CRS/3.3.4"] [tag "attack-xss"] [tag "paranoia-level/1"] [hostname "a.example"] [uri "/app"] [unique_id "awG9_NaA7YMjRhE-2l1_WQAAAIY"]`,
  )
  expect(message).toMatchObject({
    engine: "modsecurity-2",
    action: "warned",
    operator: "Pattern match",
    target: "ARGS:body.text",
    id: 941110,
    idQuote: '[id "941110"]',
    line: 83,
    severity: 2,
    ver: "OWASP_CRS/3.3.4",
    tags: ["attack-xss", "paranoia-level/1"],
    host: "a.example",
    uri: "/app",
    uniqueId: "awG9_NaA7YMjRhE-2l1_WQAAAIY",
    client: "127.0.0.1",
    isDoubtful: false,
  })
})

test("a line of ModSecurity 3 tells how many values matched, as it names only the last", () => {
  const message = readMessage(
    line3({ rule: 941110, target: 'ARGS:x[a"]b', ref: "o0,8v164,25t:lowercaseo0,8v40,10v78,8" }),
  )
  expect(message).toMatchObject({
    engine: "modsecurity-3",
    target: 'ARGS:x[a"]b',
    matches: 3,
    uri: "/notes",
    severity: 2,
  })
})

test("a line of Coraza has its target in the logged data alone", () => {
  const message = readMessage(lineCoraza({ rule: 941110, target: 'ARGS:x"y', isDenied: true }))
  expect(message).toMatchObject({
    engine: "coraza",
    action: "denied",
    phase: 2,
    target: 'ARGS:x"y',
    client: "192.0.2.7",
    severity: 2,
  })
  expect(message?.status).toBeUndefined()
})

test("sentences without a pattern name their target too", () => {
  const target = (sentence: string): string | undefined => readMessage(line2({ rule: 1, sentence, data: "" }))?.target
  expect(target('Match of "within %{tx.allowed_methods}" against "REQUEST_METHOD" required.')).toBe("REQUEST_METHOD")
  expect(target("Operator EQ matched 0 at REQUEST_HEADERS.")).toBe("REQUEST_HEADERS")
  expect(target("Invalid URL Encoding: Not enough characters at the end of input at REQUEST_BODY.")).toBe(
    "REQUEST_BODY",
  )
  expect(target('Matched phrase "looks at ARGS:a" at ARGS:b.')).toBe("ARGS:b")
})

test("a message that ModSecurity 2 cut at 1024 bytes keeps what stands before and after the cut, and is doubtful", () => {
  const whole = line2({ rule: 941110 })
  const cut = whole.slice(0, whole.indexOf('CRS/3.3.4"] [tag "attack')) + whole.slice(whole.indexOf(' [hostname "'))
  const message = readMessage(cut)
  expect(message).toMatchObject({ id: 941110, severity: 2, target: "ARGS:comment", uri: "/notes", isDoubtful: true })
  expect(message?.uniqueId).toBe("awG9_NaA7YMjRhE-2l1_WAAAAIQ")
})

test("fields alone are read as far as they go", () => {
  expect(readMessage('[id "933160"]')).toMatchObject({ id: 933160, action: "unsaid", tags: [], isDoubtful: false })
  expect(readMessage("[error] no rule speaks here")).toBeUndefined()
  expect(readMessage('[id "none"]')).toBeUndefined()
})

test("fields in the referrer that httpd adds, or in the request that nginx adds, are the caller's and not the engine's", () => {
  const forged = '[file "x"] [line "1"] [id "1"] [msg "m"] [unique_id "u"]'
  expect(readMessage(`${line2({ rule: 941110 })}, referer: http://a/${forged}`)?.id).toBe(941110)
  expect(readMessage(line3({ rule: 941110 }).replace("POST /notes?x=1", `POST /${forged}`))?.id).toBe(941110)
})

test("a verdict written into a parameter's name is no verdict, and an engine named in it does not speak", () => {
  const forged =
    "ARGS:x Coraza: Access denied with code 403 (phase 2). ModSecurity: Access denied with code 500 (phase 1). y"
  const message = readMessage(line2({ rule: 941110, target: forged }))
  expect(message).toMatchObject({ action: "warned", engine: "modsecurity-2", target: forged })
  expect(message?.status).toBeUndefined()
})

test("whatever a parameter is called, the rule, its target and its request are not taken from the name", () => {
  const piece = constantFrom(
    '[id "1"]',
    '[file "x"] [line "2"]',
    '"]',
    " at ARGS:b",
    ". ",
    "\\",
    '"',
    "' (Value",
    " found within ",
    "é",
    "\n",
    '[unique_id "z"]',
  )
  const name = tuple(string({ minLength: 1 }), piece, piece, string()).map((it) => it.join(""))
  assert(
    property(name, (it) => {
      const printable = it.replaceAll(/[^\x20-\x7e]/g, "_")
      const message = readMessage(line2({ rule: 941110, target: `ARGS:${printable}` }))
      expect(message?.id).toBe(941110)
      expect(message?.target).toBe(`ARGS:${printable}`)
      expect(message?.uniqueId).toBe("awG9_NaA7YMjRhE-2l1_WAAAAIQ")
    }),
  )
})

test("logged data is given back as it was, bytes and quotation marks and all", () => {
  assert(
    property(array(oneof(nat({ max: 0x100 }), nat({ max: 0x10ffff })), { maxLength: 60 }), (codes) => {
      const data = `Matched Data: a found within ARGS:b: ${String.fromCodePoint(...codes).toWellFormed()}`
      expect(readMessage(line2({ rule: 941110, data }))?.data).toBe(data)
    }),
  )
})

test("a line cut anywhere is no other rule's", () => {
  for (const line of [line2({ rule: 941110 }), line3({ rule: 941110 }), lineCoraza({ rule: 941110 })])
    assert(
      property(nat({ max: line.length }), (at) =>
        expect([undefined, 941110]).toContain(readMessage(line.slice(0, at))?.id),
      ),
    )
})

test("any text is read without a throw, in steps that grow with its length", () => {
  const pieces = [
    '[id "1"]',
    "[",
    '"',
    "\\",
    '"]',
    ' [hostname "',
    "Match of ",
    ' against "',
    " at A:",
    "\\x",
    "\\u12",
    "`",
    "' (Value: `",
    "ModSecurity: Access denied with code 403 (phase 2). ",
  ]
  assert(
    property(string({ unit: constantFrom(...pieces, "a", " "), maxLength: 400 }), (text) => void readMessage(text)),
  )
  for (const piece of pieces) expect(() => readMessage(`${piece.repeat(200_000)}[id "1"]`)).not.toThrow()
})

test("a value that never ends is read to its end once, and not again from every bracket within it", () => {
  const fastest = (count: number): number => {
    const line = `[id "${'[a "'.repeat(count)}`
    const runs = Array.from({ length: 7 }, () => {
      const start = performance.now()
      readMessage(line)
      return performance.now() - start
    })
    return Math.min(...runs)
  }
  fastest(1_500)
  // Eight times the length: about eight times the work, where reading again from each bracket would be 64 times.
  expect(fastest(12_000) / fastest(1_500)).toBeLessThan(32)
})
