import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test"
import { REQUEST_FAULTS } from "../src/http/fault.ts"
import { answerWith, Backend, until } from "./backend.fixture.ts"
import { BAD_BODIES, BAD_HEADS, type BadRow } from "./bad-input.fixture.ts"
import { startTestGateway, type TestGateway } from "./gateway.fixture.ts"
import { chunked, firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { expectRefusal } from "./refusal.fixture.ts"

let gateway: TestGateway
let backend: Backend

beforeAll(() => {
  // A connection for each request, so that the ones a test is about can be told from those before.
  backend = new Backend({
    onRequest: ({ body, method }, peer) => peer.send(answerWith(body, method, "Connection: close\r\n")),
  })
  gateway = startTestGateway(`
listen: 127.0.0.1:0
services:
  locked:
    upstream: ${backend.url}
    routes: [{ path: "/locked/*" }]
    policies: [key-auth: {}]
  open:
    upstream: ${backend.url}
    routes: [{ path: "/*" }]
    policies: [body-limit: 64KiB]
limits: { head: 2KiB, target: 512, fields: 20 }
timeouts: { head: 200ms, body: 200ms }
records: { permits: 1 }
`)
})
afterEach(() => {
  closeRawClients()
  expect(gateway.faults.splice(0)).toEqual([])
})
afterAll(async () => {
  await gateway.stop()
  backend.stop()
})

/** Sends a row's bytes and reads all that comes back until the gateway ends the connection. */
async function refusedWith(row: BadRow): Promise<void> {
  const client = await RawClient.open(gateway.port)
  client.send(row.bytes)
  if (row.then === "fin") client.finish()
  await client.end()
  const answer = await client.answer()
  expectRefusal(gateway, answer, row)
  expect(firstOf(answer.fields, "connection")).toBe("close")
  expect(answer.end).toBe(client.count)
  expect(client.ended).toBe("fin")
}

describe("a head that is no request is refused with its cause, and nothing of it reaches the upstream:", () => {
  for (const row of BAD_HEADS) {
    test(row.name, async () => {
      const connections = backend.peers.length
      await refusedWith(row)
      expect(backend.peers.length).toBe(connections)
    })
  }
})

describe("a body that does not come whole is refused with its cause, and the upstream never has a whole request:", () => {
  for (const row of BAD_BODIES) {
    test(row.name, async () => {
      const [requests, connections] = [backend.requests.length, backend.peers.length]
      await refusedWith(row)
      await until(() => backend.peers.slice(connections).every((peer) => peer.isClosed))
      expect(backend.requests.length).toBe(requests)
    })
  }
})

test("every fault of a request is among the rows above", () => {
  const covered = new Set([...BAD_HEADS, ...BAD_BODIES].map(({ cause }) => cause))
  expect(REQUEST_FAULTS.filter((code) => !covered.has(`wire/${code}`))).toEqual([])
})

const TOO_LARGE = { status: 413, cause: "content/body-too-large" }

describe("a body that is larger than the route accepts", () => {
  test("is refused by its announced length before a byte reaches the upstream", async () => {
    const connections = backend.peers.length
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n")
    expectRefusal(gateway, await client.answer(), TOO_LARGE)
    expect(backend.peers.length).toBe(connections)
  })

  test("is not invited by a 100 Continue", async () => {
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n\r\n")
    await client.end()
    expect(client.text).toStartWith("HTTP/1.1 413 ")
    expectRefusal(gateway, await client.answer(), TOO_LARGE)
  })

  test("is refused once the chunks of it are too many, and the upstream never has a whole request", async () => {
    const [requests, connections] = [backend.requests.length, backend.peers.length]
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").send(chunked(Buffer.alloc(100_000)))
    const record = expectRefusal(gateway, await client.answer(), TOO_LARGE)
    expect(record.frame.phase).toBe("body")
    await until(() => backend.peers.slice(connections).every((peer) => peer.isClosed))
    expect(backend.requests.length).toBe(requests)
  })

  test("is accepted at exactly the limit, in chunks and announced", async () => {
    const body = Buffer.alloc(65_536, "x")
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n").send(chunked(body))
    const first = await client.answer()
    expect([statusOf(first), first.body.equals(body)]).toEqual([200, true])
    client.send(`PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`).send(body)
    const second = await client.answer(first.end)
    expect([statusOf(second), second.body.equals(body)]).toEqual([200, true])
  })
})

describe("a refusal by a rule", () => {
  test("leaves the connection to the next request where the refused one was read whole", async () => {
    const client = await RawClient.open(gateway.port)
    client.send("GET /locked/a HTTP/1.1\r\nHost: a\r\n\r\n")
    const refused = await client.answer()
    expectRefusal(gateway, refused, { status: 401, cause: "identity/key-missing" })
    expect(firstOf(refused.fields, "connection")).toBeUndefined()
    client.send("GET /open HTTP/1.1\r\nHost: a\r\n\r\n")
    expect(statusOf(await client.answer(refused.end))).toBe(200)
  })

  test("takes a key of bytes that are not UTF-8 for a key that opens nothing", async () => {
    const client = await RawClient.open(gateway.port)
    client.send("GET /locked/a HTTP/1.1\r\nHost: a\r\nX-API-Key: \xff\xfe\xc3\x28-0123456789\r\n\r\n")
    expectRefusal(gateway, await client.answer(), { status: 401, cause: "identity/key-invalid" })
  })

  test("of a method that every object inherits is that of any unknown method", async () => {
    for (const method of ["toString", "constructor", "valueOf", "__proto__", "hasOwnProperty", "BREW"]) {
      const client = await RawClient.open(gateway.port)
      client.send(`${method} /a HTTP/1.1\r\nHost: a\r\n\r\n`)
      expectRefusal(gateway, await client.answer(), { status: 405, cause: "route/method-not-allowed" })
    }
  })
})

test("a client that vanishes inside its head or body leaves nothing behind it", async () => {
  const connections = backend.peers.length
  const inHead = await RawClient.open(gateway.port)
  inHead.send("GET /a HTTP/1.1\r\nHo")
  const inBody = await RawClient.open(gateway.port)
  inBody.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
  await until(() => backend.peers.slice(connections).some(({ count }) => count > 0))
  inHead.vanish()
  inBody.vanish()
  await until(() => backend.peers.slice(connections).every((peer) => peer.isClosed))
})
