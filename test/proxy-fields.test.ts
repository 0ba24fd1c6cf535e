import { afterEach, describe, expect, test } from "bun:test"
import { answerWith, Backend, stopBackends } from "./backend.fixture.ts"
import type { TestGateway } from "./gateway.fixture.ts"
import { allOf, firstOf, type Message, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

/** Sends a GET with these fields and returns its answer. */
async function ask(gateway: TestGateway, fields = "", path = "/a"): Promise<Message> {
  const client = await RawClient.open(gateway.port)
  return client.send(`GET ${path} HTTP/1.1\r\nHost: shop.example\r\n${fields}\r\n`).answer()
}

/** An upstream that answers with these fields. */
const answering = (fields: string, status?: string): Backend =>
  new Backend({ onRequest: (_, peer) => peer.send(answerWith("", "GET", fields, status)) })

const HOP_BY_HOP = ["keep-alive", "proxy-connection", "te", "trailer", "upgrade", "x-hop", "x-hop-too", "x-hop-last"]
/** Two `Connection` fields, as a list may come in several. */
const HOPS = [
  "Connection: X-Hop , x-hop-TOO",
  "Keep-Alive: timeout=5",
  "Proxy-Connection: keep-alive",
  "TE: trailers",
  "Trailer: X-Sum",
  "Upgrade: websocket",
  "X-Hop: 1",
  "X-Hop-Too: 2",
  "X-Hop-Last: 3",
  "Connection: keep-alive, X-Hop-Last",
  "X-End-To-End: 4",
]
  .map((it) => `${it}\r\n`)
  .join("")

describe("fields of one connection, and those that Connection names, stay on it", () => {
  test("on the way to the upstream", async () => {
    const backend = new Backend()
    await ask(gatewayTo(backend.url), HOPS)
    const { fields } = backend.last
    expect(HOP_BY_HOP.filter((name) => firstOf(fields, name) !== undefined)).toEqual([])
    expect(firstOf(fields, "x-end-to-end")).toBe("4")
  })

  test("on the way back to the client", async () => {
    const { fields } = await ask(gatewayTo(answering(HOPS).url))
    expect(HOP_BY_HOP.filter((name) => firstOf(fields, name) !== undefined)).toEqual([])
    expect(firstOf(fields, "x-end-to-end")).toBe("4")
  })
})

test("other fields come through as they were sent: spelling, order, doubles, empty values and bytes above ASCII", async () => {
  const sent = [
    ["x-LOUD-name", "1"],
    ["Cookie", "a=b; c=d"],
    ["X-Twice", "first"],
    ["X-Between", "\xe9\xff"],
    ["X-Twice", "second"],
    ["X-Empty", ""],
    ["Set-Cookie", "a=1, b"],
    ["Set-Cookie", "c=2"],
  ]
  const lines = sent.map((it) => `${it.join(": ")}\r\n`).join("")
  const backend = answering(lines)
  const { fields } = await ask(gatewayTo(backend.url), lines)
  const names = new Set(sent.map(([name]) => name))
  expect(backend.last.fields.filter(([name]) => names.has(name)).map((it) => [...it])).toEqual(sent)
  expect(fields.filter(([name]) => names.has(name)).map((it) => [...it])).toEqual(sent)
})

describe("a caller's key", () => {
  const KEY = "alice-0123456789abcdef"
  const options = {
    service: "policies: [key-auth: {}]",
    top: `keys: [{ name: alice, key: ${KEY} }]`,
  }

  test("is not forwarded, whichever field it came in", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, options)
    for (const field of [`X-API-Key: ${KEY}`, `Authorization: Bearer ${KEY}`, `authorization: bearer ${KEY}`]) {
      expect(statusOf(await ask(gateway, `${field}\r\n`))).toBe(200)
      expect(JSON.stringify(backend.last.fields)).not.toContain(KEY)
    }
  })

  test("is not forwarded when the field looked at before it is empty or of another scheme", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, options)
    expect(statusOf(await ask(gateway, `X-API-Key:\r\nAuthorization: Bearer ${KEY}\r\n`))).toBe(200)
    expect(JSON.stringify(backend.last.fields)).not.toContain(KEY)
  })

  test("is not forwarded from any of several fields of its name", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, options)
    expect(statusOf(await ask(gateway, `X-API-Key: ${KEY}\r\nX-API-Key: ${KEY}\r\n`))).toBe(200)
    expect(JSON.stringify(backend.last.fields)).not.toContain(KEY)
  })

  test("does not take another Authorization with it, which is the upstream's", async () => {
    const backend = new Backend()
    const gateway = gatewayTo(backend.url, options)
    await ask(gateway, `X-API-Key: ${KEY}\r\nAuthorization: Basic dXNlcjpwYXNz\r\n`)
    expect(allOf(backend.last.fields, "authorization")).toEqual(["Basic dXNlcjpwYXNz"])
    expect(firstOf(backend.last.fields, "x-api-key")).toBeUndefined()
  })
})

test("an operator's token is never forwarded", async () => {
  const backend = new Backend()
  const gateway = gatewayTo(backend.url)
  for (const token of [gateway.token, "wrong"]) {
    await ask(gateway, `Pinpoint-Operator: ${token}\r\npinpoint-OPERATOR: ${token}\r\n`)
    expect(JSON.stringify(backend.last.fields)).not.toContain(token)
  }
})

describe("who refused can be told from the answer:", () => {
  test("an upstream's refusal passes through and says that it was received", async () => {
    const backend = answering("X-Reason: mine\r\n", "403 Not For You")
    const answer = await ask(gatewayTo(backend.url))
    expect(answer.line).toBe("HTTP/1.1 403 Not For You")
    expect(firstOf(answer.fields, "x-reason")).toBe("mine")
    expect(allOf(answer.fields, "proxy-status")).toEqual(["pinpoint; received-status=403"])
    expect(firstOf(answer.fields, "pinpoint-cause")).toBeUndefined()
  })

  test("the gateway's own refusal says that it is one", async () => {
    const gateway = gatewayTo("http://127.0.0.1:9", { service: 'policies: [ip-allow: ["192.0.2.0/24"]]' })
    const answer = await ask(gateway)
    expect(statusOf(answer)).toBe(403)
    expect(allOf(answer.fields, "proxy-status")).toEqual([
      'pinpoint; error=http_request_denied; details="edge/address-not-allowed"',
    ])
  })

  test("an upstream cannot speak as the gateway", async () => {
    const forged = [
      "Pinpoint-Decision: 00000000-0000-7000-8000-000000000000",
      "pinpoint-cause: access/scope-missing",
      'Proxy-Status: pinpoint; error=http_request_denied; details="access/scope-missing"',
      'proxy-status: origin-cdn; received-status=500, "pinpoint"; error=http_request_denied',
      "X-Request-Id: forged",
    ]
    for (const status of ["200 OK", "403 Forbidden"]) {
      const answer = await ask(gatewayTo(answering(forged.map((it) => `${it}\r\n`).join(""), status).url))
      expect(JSON.stringify(answer.fields)).not.toMatch(/scope-missing|http_request_denied|forged|00000000-0000/)
      expect(allOf(answer.fields, "pinpoint-decision").length).toBe(1)
      expect(firstOf(answer.fields, "x-request-id")).toBe(firstOf(answer.fields, "pinpoint-decision"))
    }
  })

  test("what other proxies behind the gateway said is kept, and the gateway's word is the last", async () => {
    const backend = answering("Proxy-Status: inner; error=dns_timeout\r\nProxy-Status: cdn\r\n", "502 Bad Gateway")
    const answer = await ask(gatewayTo(backend.url))
    expect(allOf(answer.fields, "proxy-status")).toEqual([
      "inner; error=dns_timeout",
      "cdn",
      "pinpoint; received-status=502",
    ])
  })
})

test("an answer without a date gets one, and one with a date keeps it", async () => {
  const undated = await ask(gatewayTo(answering("").url))
  expect(Date.parse(firstOf(undated.fields, "date") ?? "")).toBeGreaterThan(0)
  const dated = await ask(gatewayTo(answering("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n").url))
  expect(allOf(dated.fields, "date")).toEqual(["Sun, 06 Nov 1994 08:49:37 GMT"])
})
