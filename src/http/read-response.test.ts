import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { mutated, responseWire } from "./heads.fixture.ts"
import { type ResponseRead, readResponseHead } from "./read-response.ts"

const LIMITS = { headBytes: 1024, fields: 20 }

function read(wire: string, method = "GET"): ResponseRead {
  const bytes = Buffer.from(wire, "latin1")
  return readResponseHead(bytes, 0, bytes.length, LIMITS, method)
}

function headOf(wire: string, method = "GET") {
  const result = read(wire, method)
  if (result.kind !== "head") throw new Error(`${JSON.stringify(wire)} is ${JSON.stringify(result)}`)
  expect(result.end).toBe(wire.length)
  return result.head
}

function withLines(...lines: string[]): string {
  return `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`
}

describe("a response head", () => {
  test("is read into its parts", () => {
    const head = headOf('HTTP/1.1 404 Not \xe9\r\nETag: "a"\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n')
    expect(head).toMatchObject({ status: 404, reason: "Not \xe9", minor: 1 })
    expect(head.fields.spelled).toEqual(["ETag", "Set-Cookie", "Set-Cookie"])
    expect(head.fields.all("set-cookie")).toEqual(["a", "b"])
  })

  test("may have no reason, with or without the blank before it, and a later minor version", () => {
    expect(headOf("HTTP/1.1 200 \r\n\r\n")).toMatchObject({ status: 200, reason: "" })
    expect(headOf("HTTP/1.1 200\r\n\r\n")).toMatchObject({ status: 200, reason: "" })
    expect(headOf("HTTP/1.9 200 OK\r\n\r\n").minor).toBe(1)
    expect(headOf("HTTP/1.0 200 OK\r\n\r\n").minor).toBe(0)
  })

  test("loses blanks before a colon, as a proxy must", () => {
    expect(headOf(withLines("X-A \t: 1")).fields.get("x-a")).toBe("1")
  })

  const framings: [string, string, object][] = [
    ["a length", withLines("Content-Length: 5"), { kind: "sized", length: 5 }],
    ["the same length twice", withLines("Content-Length: 5", "Content-Length: 5"), { kind: "sized", length: 5 }],
    ["the same length in a list", withLines("Content-Length: 5, 5"), { kind: "sized", length: 5 }],
    ["chunks", withLines("Transfer-Encoding: CHUNKED"), { kind: "chunked" }],
    ["neither", withLines(), { kind: "until-close" }],
    ["a length with 204", "HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\n", { kind: "none" }],
    ["a length with 304", "HTTP/1.1 304 X\r\nContent-Length: 5\r\n\r\n", { kind: "none" }],
    ["neither with 100", "HTTP/1.1 100 X\r\n\r\n", { kind: "none" }],
  ]
  for (const [what, wire, framing] of framings) {
    test(`with ${what} ends its body by RFC 9112 6.3`, () => expect(headOf(wire)).toMatchObject({ framing }))
  }

  test("to HEAD has no body", () => {
    expect(headOf(withLines("Content-Length: 5"), "HEAD").framing).toEqual({ kind: "none" })
    expect(headOf(withLines(), "HEAD")).toMatchObject({ framing: { kind: "none" }, keepAlive: true })
  })

  test("tells whether its connection is kept", () => {
    expect(headOf(withLines("Content-Length: 5")).keepAlive).toBe(true)
    expect(headOf(withLines("Content-Length: 5", "Connection: close")).keepAlive).toBe(false)
    expect(headOf(withLines("Connection: keep-alive")).keepAlive).toBe(false)
    expect(headOf("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n").keepAlive).toBe(false)
    expect(headOf("HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n").keepAlive).toBe(true)
  })
})

const MALFORMED = [
  "X",
  "HTTP/2 200 OK\r\n\r\n",
  "HTTP/1.1\r\n\r\n",
  "HTTP/1.x 200 OK\r\n\r\n",
  "HTTP/1.1 20 OK\r\n\r\n",
  "HTTP/1.1 2000 OK\r\n\r\n",
  "HTTP/1.1 099 OK\r\n\r\n",
  "HTTP/1.1 600 OK\r\n\r\n",
  "HTTP/1.1  200 OK\r\n\r\n",
  "HTTP/1.1 200\tOK\r\n\r\n",
  "HTTP/1.1 200 O\x00K\r\n\r\n",
  "HTTP/1.1 200 O\rK\r\n\r\n",
  "HTTP/1.1 200 OK\nX: 1\n\n",
  "\r\nHTTP/1.1 200 OK\r\n\r\n",
  withLines("Content-Length: 5", "Content-Length: 6"),
  withLines("Content-Length: 5, 6"),
  withLines("Content-Length: five"),
  withLines("Content-Length: -5"),
  withLines("Content-Length:"),
  withLines("Content-Length: ,"),
  withLines("Content-Length: 5", "Transfer-Encoding: chunked"),
  withLines("Transfer-Encoding: gzip"),
  withLines("Transfer-Encoding: gzip, chunked"),
  withLines("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
  "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
  withLines("X"),
  withLines(": 1"),
  withLines(" : 1"),
  withLines("X: 1", " folded"),
  withLines("X: \x00"),
  withLines("X: a\rb"),
  withLines(`X: ${"x".repeat(1024)}`),
  withLines(...Array.from({ length: 21 }, () => "X: 1")),
]

describe("a response head is malformed", () => {
  for (const wire of MALFORMED) {
    test(JSON.stringify(wire.slice(0, 80)), () => {
      const result = read(wire)
      if (result.kind !== "fault") throw new Error(JSON.stringify(result))
      expect(result.fault.code).toBe("malformed")
      expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
    })
  }
})

describe("any response head", () => {
  test("gives the same result however it was split, sound or not", () => {
    fc.assert(
      fc.property(mutated(responseWire), fc.array(fc.nat(300), { maxLength: 6 }), (bytes, cuts) => {
        const whole = readResponseHead(bytes, 0, bytes.length, LIMITS, "GET")
        for (const cut of cuts.sort((a, b) => a - b)) {
          const result = readResponseHead(bytes, 0, Math.min(cut, bytes.length), LIMITS, "GET")
          if (result.kind === "more") continue
          // What a hopeless beginning is shown as depends on how much of it was there.
          if (whole.kind === "fault") expect(result.kind).toBe("fault")
          else expect<ResponseRead>(result).toEqual(whole)
          return
        }
      }),
      { numRuns: 3000 },
    )
  })

  test("of arbitrary bytes is read without a throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const wire = Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\n"), bytes])
        const result = readResponseHead(wire, 0, wire.length, LIMITS, "GET")
        if (result.kind === "fault") expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
      }),
      { numRuns: 3000 },
    )
  })
})
