import { expect, test } from "bun:test"
import fc from "fast-check"
import { readCase } from "./case.ts"
import type { Exhibits } from "./exhibits.ts"

function read(given: unknown): Exhibits {
  const result = readCase(given)
  if ("fault" in result) throw new Error(result.fault)
  return result
}

const placed = (given: unknown) => read(given).all.map(({ part, from, text }) => [part, from, text])

test("each part of a case is an exhibit named as the case names it", () => {
  const given = {
    id: "c1",
    symptom: "it fails",
    evidence: {
      request: "GET /x HTTP/1.1\nHost: a",
      response_headers: "HTTP/1.1 403 Forbidden\nServer: nginx",
      response_body: "no",
      log_lines: ["one", "two"],
      config: ["deny all;"],
      ls: "drwx",
    },
  }
  expect(placed(JSON.stringify(given))).toEqual([
    ["symptom", "symptom", "it fails"],
    ["request", "request", "GET /x HTTP/1.1\nHost: a"],
    ["headers", "response_headers", "HTTP/1.1 403 Forbidden\nServer: nginx"],
    ["body", "response_body", "no"],
    ["log", "log_lines[0]", "one"],
    ["log", "log_lines[1]", "two"],
    ["config", "config[0]", "deny all;"],
    ["files", "ls", "drwx"],
  ])
  const { id, request, response, events, faults } = read(given)
  expect(id).toBe("c1")
  expect(request).toMatchObject({ method: "GET", target: "/x", host: "a" })
  expect(response).toMatchObject({ status: 403, body: "no" })
  expect(events.map(({ from }) => from)).toEqual(["log_lines[0]", "log_lines[1]"])
  expect(faults).toEqual([])
})

test("parts that are missing, null or empty are no exhibits", () => {
  for (const evidence of [undefined, null, {}, { request: null, response_body: "", log_lines: [], config: null }])
    expect(placed({ symptom: null, evidence })).toEqual([])
})

test("labels are never read", () => {
  const secret = "nginx.deny-rule"
  const given = {
    symptom: "s",
    cause: secret,
    fix: secret,
    layer: secret,
    thread: secret,
    method: secret,
    evidence: {},
  }
  expect(JSON.stringify(read(given))).not.toContain(secret)
  expect(read(given).faults).toEqual([])
})

test("another shape than meant is read where it can be, and else told", () => {
  const given = {
    evidence: {
      request: { method: "POST", url: "https://a.example/x", headers: { Accept: ["a", "b"] }, body: { n: 1 } },
      response_headers: { Server: "nginx", "x-a": 1 },
      response_body: { message: "Forbidden" },
      log_lines: "one\ntwo",
      config: { "nginx.conf": "deny all;" },
      ls: 7,
      tcpdump: "x",
    },
    extra: 1,
  }
  const { request, response, events, faults } = read(given)
  expect(request).toMatchObject({ method: "POST", host: "a.example", target: "/x", body: '{"n":1}' })
  expect(request.headers.get("accept")).toBe("a, b")
  expect([...response.headers]).toEqual([
    ["server", "nginx"],
    ["x-a", "1"],
  ])
  expect(response.body).toBe('{"message":"Forbidden"}')
  expect(events.map(({ from }) => from)).toEqual(["log_lines:1", "log_lines:2"])
  expect(placed(given)).toContainEqual(["config", 'config["nginx.conf"]', "deny all;"])
  expect(faults?.map(({ from }) => from)).toEqual(["evidence.tcpdump", "ls", "extra"])
})

test("headers may be pairs, or maps of name and value, as tools export them", () => {
  for (const response_headers of [
    [["Server", "a"]],
    [{ name: "Server", value: "a" }],
    [{ Server: "a" }],
    ["Server: a"],
    '{"Server":"a"}',
    '[{"name":"Server","value":"a"}]',
  ])
    expect([...read({ evidence: { response_headers } }).response.headers]).toEqual([["server", "a"]])
})

test("what is no case is a fault", () => {
  for (const given of [
    "",
    "{",
    "[]",
    "3",
    '"x"',
    null,
    undefined,
    3,
    [],
    () => 1,
    "[".repeat(100_000),
    `{"evidence":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`,
  ])
    expect(readCase(given)).toMatchObject({ from: "case", fault: expect.any(String) })
})

test("credentials are gone before anything is read", () => {
  const given = {
    evidence: {
      request: "GET / HTTP/1.1\nAuthorization: Bearer s3cr3tAbC\nCookie: sid=s3cr3tAbC",
      log_lines: ["token=s3cr3tAbC x"],
    },
  }
  const seen = read(given)
  expect(JSON.stringify({ ...seen, headers: [...seen.request.headers] })).not.toContain("s3cr3t")
  expect(seen.request.headers.get("authorization")).toBe("Bearer *********")
})

test("any JSON at all is a case or a fault", () => {
  const value = fc.jsonValue({ maxDepth: 4 })
  const keys = ["request", "response_headers", "response_body", "log_lines", "config", "ls"]
  const given = fc.record({ symptom: value, evidence: fc.dictionary(fc.constantFrom(...keys), value), id: value })
  fc.assert(
    fc.property(given, (it) => {
      expect("fault" in readCase(it)).toBe(false)
      expect("fault" in readCase(JSON.stringify(it))).toBe(false)
    }),
  )
})
