import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { RequestFaultCode } from "./fault.ts"
import { mutated, requestWire } from "./heads.fixture.ts"
import { type RequestRead, readRequestHead } from "./read-request.ts"

const LIMITS = { headBytes: 1024, targetBytes: 200, fields: 20 }

function read(wire: string, limits = LIMITS): RequestRead {
  const bytes = Buffer.from(wire, "latin1")
  return readRequestHead(bytes, 0, bytes.length, limits)
}

/** The head of a GET with this target, or these lines in place of its `Host`. */
function withTarget(target: string): string {
  return `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`
}
function withLines(...lines: string[]): string {
  return `GET / HTTP/1.1\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`
}
function withLine(line: string): string {
  return withLines("Host: a", line)
}

function headOf(wire: string) {
  const result = read(wire)
  if (result.kind !== "head") throw new Error(`${JSON.stringify(wire)} is ${JSON.stringify(result)}`)
  expect(result.end).toBe(wire.length)
  return result.head
}

function codeOf(wire: string): string {
  const result = read(wire)
  return result.kind === "fault" ? result.fault.code : result.kind
}

describe("a request head", () => {
  test("is read into its parts", () => {
    const head = headOf(
      "POST /a%20b/c?d=%zz&e HTTP/1.1\r\nhOsT:  A.Example:8080 \r\nX-Two: 1\r\nX-Two:\t2\t\r\nX-Empty:\r\n\r\n",
    )
    expect(head).toMatchObject({
      method: "POST",
      path: "/a%20b/c",
      query: "?d=%zz&e",
      minor: 1,
      host: "a.example:8080",
    })
    expect(head.fields.names).toEqual(["host", "x-two", "x-two", "x-empty"])
    expect(head.fields.spelled).toEqual(["hOsT", "X-Two", "X-Two", "X-Empty"])
    expect(head.fields.values).toEqual(["A.Example:8080", "1", "2", ""])
    expect(head.framing).toEqual({ kind: "none" })
  })

  test("keeps bytes above 0x7f of a value as latin1 characters", () => {
    expect(headOf(withLine("X-Name: caf\xe9")).fields.get("x-name")).toBe("caf\xe9")
  })

  test("is found after line ends, in the middle of other bytes", () => {
    const wire = `${withTarget("/x")}body`
    const bytes = new Uint8Array(Buffer.from(`junk\r\n\r\n${wire}`, "latin1"))
    const result = readRequestHead(bytes, 4, bytes.length, LIMITS)
    expect(result).toMatchObject({ kind: "head", end: bytes.length - 4, head: { path: "/x" } })
  })

  test("has the host of an absolute target rather than that of Host", () => {
    expect(headOf(withTarget("http://B.example:81/x?y"))).toMatchObject({
      path: "/x",
      query: "?y",
      host: "b.example:81",
    })
    expect(headOf(withTarget("HTTPS://b"))).toMatchObject({ path: "/", query: "", host: "b" })
    expect(headOf(withTarget("http://b?y"))).toMatchObject({ path: "/", query: "?y", host: "b" })
  })

  test("may ask for OPTIONS of the whole server", () => {
    expect(headOf("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")).toMatchObject({ path: "*", query: "" })
  })

  test("of HTTP/1.0 needs no Host and is not kept unless it asks for that", () => {
    expect(headOf("GET / HTTP/1.0\r\n\r\n")).toMatchObject({ minor: 0, host: "", keepAlive: false })
    expect(headOf("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").keepAlive).toBe(true)
  })

  test("of HTTP/1.1 is kept unless it says close", () => {
    expect(headOf(withTarget("/")).keepAlive).toBe(true)
    expect(headOf(withLine("Connection: x, Close")).keepAlive).toBe(false)
    expect(headOf(withLines("Host: a", "Connection: close", "Connection: keep-alive")).keepAlive).toBe(false)
  })

  test("tells how its body ends", () => {
    expect(headOf(withLine("Content-Length: 007")).framing).toEqual({ kind: "sized", length: 7 })
    const most = Number.MAX_SAFE_INTEGER
    expect(headOf(withLine(`Content-Length: ${most}`)).framing).toEqual({ kind: "sized", length: most })
    expect(headOf(withLine("Transfer-Encoding: Chunked")).framing).toEqual({ kind: "chunked" })
  })

  test("expects 100 Continue only with a body and in HTTP/1.1", () => {
    const expect100 = "Expect: 100-Continue"
    expect(headOf(withLines("Host: a", expect100, "Content-Length: 1")).expectsContinue).toBe(true)
    expect(headOf(withLines("Host: a", expect100, "Content-Length: 0")).expectsContinue).toBe(false)
    expect(headOf(withLine(expect100)).expectsContinue).toBe(false)
    expect(headOf(`GET / HTTP/1.0\r\n${expect100}\r\nContent-Length: 1\r\n\r\n`).expectsContinue).toBe(false)
  })

  const hosts: [string, string][] = [
    ["127.0.0.1:80", "127.0.0.1:80"],
    ["[::1]", "[::1]"],
    ["[2001:DB8::1]:8080", "[2001:db8::1]:8080"],
    ["a_b-c.example.", "a_b-c.example."],
    ["a:", "a"],
  ]
  for (const [sent, host] of hosts) {
    test(`may be for ${sent}`, () => expect(headOf(withLines(`Host: ${sent}`)).host).toBe(host))
  }

  for (const path of [
    "/a.b",
    "/.well-known/x",
    "/...",
    "/a..b",
    "/%C3%A9",
    "/%2525",
    "//",
    "/a;b=c",
    "/{}|^`<>\"[]'@:",
  ]) {
    test(`may have the path ${path}`, () => expect(headOf(withTarget(path)).path).toBe(path))
  }
})

const FAULTS: Partial<Record<RequestFaultCode, string[]>> = {
  "request-line": [
    "GET /\r\n\r\n",
    "GET\r\n\r\n",
    "GET / \r\n\r\n",
    "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
    "GET / b HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / http/1.1\r\nHost: a\r\n\r\n",
    " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
    withTarget("/\x00"),
    withTarget("/\t"),
    withTarget("/?\x01"),
    "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  ],
  version: ["2.0", "1.2", "0.9", "1.10", "3"].map((it) => `GET / HTTP/${it}\r\nHost: a\r\n\r\n`),
  target: [
    withTarget("*"),
    withTarget("x"),
    withTarget("a:80"),
    withTarget("ftp://a/"),
    withTarget("/#x"),
    withTarget("/?a#x"),
    withTarget("http://a#x"),
    withTarget("http://user:secret@a/"),
    "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
    "CONNECT / HTTP/1.1\r\nHost: a:80\r\n\r\n",
  ],
  "path-encoding": [
    "/%",
    "/%2",
    "/%zz",
    "/%2x",
    "/%00",
    "/%ff",
    "/%c3",
    "/%c0%ae",
    "/%ed%a0%80",
    "/\xe9",
    "/?\xe9",
  ].map(withTarget),
  "path-ambiguous": [
    ...["/.", "/..", "/a/./b", "/a/..", "/../a", "/%2e", "/%2E%2e/a", "/.%2e", "/a%2f..", "/a%2F%2e%2e%2Fb"].map(
      withTarget,
    ),
    ...["/a\\b", "/a%5cb", "/..;/a", "/a/..;x=y/b", "http://b/.."].map(withTarget),
  ],
  "field-name": [
    ...["X : 1", "X\t: 1", ": 1", "X", "X(: 1", "X\x00: 1", "\xe9: 1", "Content-Length : 5", "\x0bX: 1"].map(withLine),
  ],
  "field-value": ["X: \x00", "X: a\x01b", "X: \x7f", "X: a\x0bb", "X: \x1b[0m"].map(withLine),
  "field-folded": [withLine(" folded"), withLine("\tX: 1"), withLines(" Host: a")],
  "line-feed": [
    "GET / HTTP/1.1\nHost: a\n\n",
    "GET / HTTP/1.1\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n\nGET / HTTP/1.1\r\n\r\n",
    "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n",
    "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n",
    withLine("X: a\rb"),
    withLine("X: a\r"),
    withLine("X\r: a"),
  ],
  host: [
    withLines(),
    withLines("Host:"),
    "GET / HTTP/1.0\r\nHost:\r\n\r\n",
    withLines("Host: a", "Host: a"),
    ...["a b", "a/b", "a,b", "a@b", "a:b", "a:0", "a:65536", "a:1:2", "[::1", "::1", "[::1]x", "[fe80::1%1]"].map(
      (it) => withLines(`Host: ${it}`),
    ),
    ...[".a", "a..b", "a%41", "caf\xe9", "[127.0.0.1]", "a?b", "a#b"].map((it) => withLines(`Host: ${it}`)),
    "GET http://b/ HTTP/1.1\r\n\r\n",
    "GET http://b/ HTTP/1.1\r\nHost: a b\r\n\r\n",
    withTarget("http://"),
    withTarget("http:///a"),
    withTarget("http://b:x/"),
  ],
  "length-invalid": ["", "-1", "+1", "1.0", "0x10", "1e3", "1 1", "5, 5", "9007199254740992", "9".repeat(40)].map(
    (it) => withLine(`Content-Length: ${it}`),
  ),
  "length-conflict": [
    withLines("Host: a", "Content-Length: 5", "Content-Length: 5"),
    withLines("Host: a", "Content-Length: 5", "content-length: 6"),
  ],
  "length-and-coding": [
    withLines("Host: a", "Content-Length: 5", "Transfer-Encoding: chunked"),
    withLines("Host: a", "Transfer-Encoding: chunked", "Content-Length: 5"),
  ],
  coding: [
    ...["gzip", "gzip, chunked", "chunked, chunked", "identity", "xchunked", "chunked;q=1", ""].map((it) =>
      withLine(`Transfer-Encoding: ${it}`),
    ),
    withLines("Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
  ],
  "head-too-large": [
    withLine(`X: ${"x".repeat(1024)}`),
    `GET / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(1024)}`,
    "G".repeat(1024),
    "\r\n".repeat(512),
    withLines(...Array.from({ length: 21 }, (_, i) => `X-${i}: 1`)),
  ],
  "target-too-long": [withTarget(`/${"x".repeat(200)}`), `GET /${"x".repeat(200)}`, `GET ?${"x".repeat(200)}`],
}

describe("a request head is refused", () => {
  for (const [code, wires] of Object.entries(FAULTS)) {
    for (const wire of wires) {
      test(`as ${code}: ${JSON.stringify(wire.slice(0, 90))}`, () => expect(codeOf(wire)).toBe(code))
    }
  }

  test("with its method and path, where they can be made out", () => {
    expect(read("PUT /a/../b?secret HTTP/1.1\r\n\r\n")).toMatchObject({ method: "PUT", path: "/a/../b" })
    expect(read("PUT /a?b HTTP/1.1\r\nX : 1\r\n\r\n")).toMatchObject({ method: "PUT", path: "/a" })
    expect(read("\x00")).toMatchObject({ kind: "fault", method: undefined, path: undefined })
    expect(read("GET /\xe9 HTTP/1.1\r\n\r\n")).toMatchObject({ method: "GET", path: undefined })
  })

  test("without showing what may be a credential", () => {
    const wires = ["Authorization: se\x01cret", "Authorization secret", "X: secret\x00", "Cookie: secret\nX: 1"].map(
      withLine,
    )
    wires.push(
      "GET / secret\r\n\r\n",
      withTarget("/?secret\x01"),
      withTarget("http://me:secret@a/"),
      withLines("Host: me:secret@a"),
    )
    for (const wire of wires) {
      const result = read(wire)
      expect(result.kind === "fault" ? result.fault.seen : "secret").not.toContain("cret")
    }
  })
})

describe("any request head", () => {
  /** Reads prefix after prefix until one gives a result. */
  function readSplit(bytes: Uint8Array, cuts: number[]): RequestRead {
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      const result = readRequestHead(bytes, 0, Math.min(cut, bytes.length), LIMITS)
      if (result.kind !== "more") return result
    }
    return readRequestHead(bytes, 0, bytes.length, LIMITS)
  }

  test("gives the same result however it was split, sound or not", () => {
    const cuts = fc.array(fc.nat(600), { maxLength: 6 })
    fc.assert(
      fc.property(mutated(requestWire), cuts, (bytes, at) => {
        expect(readSplit(bytes, at)).toEqual(readRequestHead(bytes, 0, bytes.length, LIMITS))
      }),
      { numRuns: 3000 },
    )
  })

  test("gives the same result byte by byte, for every fault there is", () => {
    for (const wire of Object.values(FAULTS).flat()) {
      const bytes = Buffer.from(wire, "latin1")
      const cuts = Array.from({ length: bytes.length }, (_, i) => i)
      expect(readSplit(bytes, cuts)).toEqual(read(wire))
    }
  })

  test("that is sound comes out as it was put together", () => {
    fc.assert(
      fc.property(requestWire, (wire) => {
        const head = headOf(wire)
        const lines = head.fields.spelled.map((name, i) => `${name}: ${head.fields.values[i]}\r\n`).join("")
        expect(`${head.method} ${head.path}${head.query} HTTP/1.${head.minor}\r\n${lines}\r\n`).toBe(wire)
      }),
      { numRuns: 500 },
    )
  })

  test("of arbitrary bytes is read without a throw, and a fault is shown in printable ASCII", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const result = readRequestHead(bytes, 0, bytes.length, LIMITS)
        if (result.kind === "fault") expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
      }),
      { numRuns: 3000 },
    )
  })

  test("that was mutated is shown in printable ASCII when it is refused", () => {
    fc.assert(
      fc.property(mutated(requestWire), (bytes) => {
        const result = readRequestHead(bytes, 0, bytes.length, LIMITS)
        if (result.kind === "fault") expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
      }),
      { numRuns: 3000 },
    )
  })
})
