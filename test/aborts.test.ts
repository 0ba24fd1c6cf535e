import { afterEach, expect, test } from "bun:test"
import { startProvider } from "../src/cli/demo/scripted-provider.ts"
import { Backend, stopBackends, until } from "./backend.fixture.ts"
import { EXAMPLE_ENV, exampleWith, startTestGateway } from "./gateway.fixture.ts"
import { firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"
import { gatewayTo, stopGateways } from "./service.fixture.ts"

afterEach(async () => {
  closeRawClients()
  expect(await stopGateways()).toEqual([])
  stopBackends()
})

const LIMITED = { service: "policies: [rate-limit: { requests: 3, per: day, by: address }]" }

test("a request that reached its upstream is counted, though its caller went away before the answer", async () => {
  const backend = new Backend({ onRequest: () => undefined })
  const gateway = gatewayTo(backend.url, LIMITED)
  for (let i = 1; i <= 3; i++) {
    const client = await RawClient.open(gateway.port)
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
    await until(() => backend.requests.length === i)
    client.vanish()
    await until(() => backend.peers.every((peer) => peer.isClosed))
  }
  const client = await RawClient.open(gateway.port)
  expect(statusOf(await client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").answer())).toBe(429)
})

test("a request that is refused is not counted", async () => {
  const backend = new Backend()
  const gateway = gatewayTo(backend.url, {
    service: "policies: [rate-limit: { requests: 3, per: day, by: address }, body-limit: 10]",
  })
  for (let i = 0; i < 5; i++) {
    const client = await RawClient.open(gateway.port)
    client.send("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n12345678901")
    expect(statusOf(await client.answer())).toBe(413)
  }
  const client = await RawClient.open(gateway.port)
  const answer = await client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n").answer()
  expect(firstOf(answer.fields, "ratelimit")).toStartWith('"requests";r=2;')
})

const CALL = `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nX-API-Key: ${EXAMPLE_ENV.ALICE_KEY}\r\n`

test("a model call that is cut inside its body is refused as that, and is no fault of the gateway's", async () => {
  const provider = startProvider()
  const gateway = startTestGateway(exampleWith("http://127.0.0.1:9", provider.url), EXAMPLE_ENV)
  try {
    for (let i = 0; i < 3; i++) {
      const client = await RawClient.open(gateway.port)
      client.send(`${CALL}Content-Length: 100\r\n\r\n{"model"`).finish()
      const answer = await client.answer()
      expect([statusOf(answer), firstOf(answer.fields, "pinpoint-cause")]).toEqual([400, "wire/cut"])
      const gone = await RawClient.open(gateway.port)
      gone.send(`${CALL}Content-Length: 100\r\n\r\n{"model"`)
      await gateway.store.records.flush()
      gone.vanish()
    }
    const body = '{"model":"small","messages":[{"role":"user","content":"Hello"}]}'
    const client = await RawClient.open(gateway.port)
    client.send(`${CALL}Content-Length: ${body.length}\r\n\r\n${body}`)
    expect(statusOf(await client.answer())).toBe(200)
    expect(gateway.faults).toEqual([])
  } finally {
    await gateway.stop()
    await provider.stop()
  }
})
