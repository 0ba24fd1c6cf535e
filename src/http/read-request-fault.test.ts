import { describe, expect, test } from "bun:test"
import { read, withLine, withLines, withTarget } from "./read-request.fixture.ts"
import { FAULTS } from "./request-faults.fixture.ts"

function codeOf(wire: string): string {
  const result = read(wire)
  return result.kind === "fault" ? result.fault.code : result.kind
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
      withTarget("ftp://me:secret@a/"),
      withTarget("me:secret@a"),
      withLines("Host: me:secret@a"),
    )
    for (const wire of wires) {
      const result = read(wire)
      expect(result.kind === "fault" ? result.fault.seen : "secret").not.toContain("cret")
    }
  })
})
