import { expect, test } from "bun:test"
import { assemble } from "./assemble.ts"
import { MOST_CHARS, MOST_EXHIBITS } from "./limits.ts"

test("an answer within a request's text is listed as headers and body too", () => {
  const text = "> GET /x HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 403 Forbidden\n< Server: nginx\n<\nError code: 1020"
  const { of, response } = assemble([{ part: "request", from: "paste", text }])
  expect(response).toMatchObject({ status: 403, body: "Error code: 1020" })
  expect(of.headers).toEqual([{ part: "headers", from: "paste", text: "HTTP/1.1 403 Forbidden\nServer: nginx\n" }])
  expect(of.body).toEqual([{ part: "body", from: "paste", text: "Error code: 1020" }])
})

test("an answer of a HAR file is named by its entry", () => {
  const entries = [
    { request: { method: "GET", url: "https://a/" }, response: { status: 200 } },
    {
      request: { method: "GET", url: "https://a/x" },
      response: { status: 403, headers: [{ name: "Server", value: "b" }], content: { text: "no" } },
    },
  ]
  const { of } = assemble([{ part: "request", from: "a.har", text: JSON.stringify({ log: { entries } }) }])
  expect(of.body).toEqual([{ part: "body", from: "a.har log.entries[1].response", text: "no" }])
  expect(of.headers[0]?.text).toBe("HTTP 403\nserver: b")
})

test("without a request, the one that the refusals in the log are about holds", () => {
  const line = (target: string) =>
    `2024/06/23 16:49:24 [error] 1#1: *1 access forbidden by rule, client: 192.0.2.1, server: x, request: "POST ${target} HTTP/1.1", host: "h:81"`
  const of = (...targets: readonly string[]) =>
    assemble([{ part: "log", from: "log", text: targets.map(line).join("\n") }]).request
  expect(of("/a", "/a", "/favicon.ico")).toMatchObject({
    method: "POST",
    host: "h",
    port: 81,
    target: "/a",
    areHeadersComplete: false,
  })
  expect(of("/a", "/b").target).toBeUndefined()
})

test("what is too long is cut and told: a log keeps its end, anything else its beginning", () => {
  const long = `first\n${"x".repeat(MOST_CHARS)}\nlast`
  const { of, faults } = assemble([
    { part: "log", from: "log", text: long },
    { part: "body", from: "body", text: long },
  ])
  expect(of.log[0]?.text.endsWith("last")).toBe(true)
  expect(of.body[0]?.text.startsWith("first")).toBe(true)
  expect([of.log[0]?.text.length, of.body[0]?.text.length]).toEqual([MOST_CHARS, MOST_CHARS])
  expect(faults?.map(({ from }) => from)).toEqual(["log", "body"])
})

test("of too many pieces the first are read, and that is told", () => {
  const pieces = Array.from({ length: MOST_EXHIBITS + 5 }, (_, index) => ({
    part: "config" as const,
    from: `config[${index}]`,
    text: "x",
  }))
  const { all, faults } = assemble(pieces)
  expect(all.length).toBe(MOST_EXHIBITS)
  expect(faults?.length).toBe(1)
})

test("lines of a file of which not all were kept have their numbers in the file", () => {
  const { events } = assemble([{ part: "log", from: "error.log", text: "a\nb", lines: [17, 90] }])
  expect(events.map(({ from }) => from)).toEqual(["error.log:17", "error.log:90"])
})

test("a client's error text in a log tells the status and where the request went, if nothing else does", () => {
  const log = {
    part: "log" as const,
    from: "log",
    text: "HTTPError: 403 Client Error: Forbidden for url: https://a.example/x",
  }
  expect(assemble([log])).toMatchObject({ request: { host: "a.example", target: "/x" }, response: { status: 403 } })
  const request = { part: "request" as const, from: "request", text: "PUT https://b.example/y" }
  expect(assemble([request, log]).request).toMatchObject({ method: "PUT", host: "b.example" })
})

test("of more log lines than are read, the last are", () => {
  const lines = Array.from(
    { length: 2500 },
    (_, i) => ({ part: "log", from: `log_lines[${i}]`, text: `line ${i}` }) as const,
  )
  const { of, faults } = assemble([...lines, { part: "symptom", from: "symptom", text: "it fails" }])
  expect(of.log.at(-1)?.text).toBe("line 2499")
  expect(of.symptom.length).toBe(1)
  expect(faults?.length).toBe(1)
})
