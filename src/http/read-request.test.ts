import { describe, expect, test } from "bun:test"
import { headOf, LIMITS, withLine, withLines, withTarget } from "./read-request.fixture.ts"
import { readRequestHead } from "./read-request.ts"

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
