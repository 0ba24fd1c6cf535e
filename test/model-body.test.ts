import { afterEach, expect, setDefaultTimeout, test } from "bun:test"
import { answerWith, Backend, stopBackends } from "./backend.fixture.ts"
import { CHAT_ANSWER } from "./chat-answer.fixture.ts"
import { startTestGateway } from "./gateway.fixture.ts"
import { startDistantGateway } from "./memory.fixture.ts"
import { firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

setDefaultTimeout(60_000)

afterEach(() => {
  closeRawClients()
  stopBackends()
})

const KEY = "alice-0123456789abcdef"
const config = (provider: string): string => `
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${KEY} }]
models: { small: [{ provider: one, model: inner }] }
providers: { one: { dialect: openai, url: "${provider}/v1" } }
`
const HEAD = `POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nX-API-Key: ${KEY}\r\n`
const sized = (body: string): string => `${HEAD}Content-Length: ${body.length}\r\n\r\n${body}`

test("a body that nests too deep is refused as that, at once, and is no fault of the gateway's", async () => {
  const gateway = startTestGateway(config("http://127.0.0.1:9"))
  const client = await RawClient.open(gateway.port)
  const begun = performance.now()
  client.send(sized(`{"model":"small","x":${"[".repeat(40_000)}${"]".repeat(40_000)}}`))
  const answer = await client.answer()
  expect([statusOf(answer), firstOf(answer.fields, "pinpoint-cause")]).toEqual([400, "model/body-unreadable"])
  expect(answer.body.toString()).toContain("nested too deep")
  expect(performance.now() - begun).toBeLessThan(500)
  await gateway.stop()
  expect(gateway.faults).toEqual([])
})

test("a number a double cannot hold reaches the provider as it was written", async () => {
  const provider = new Backend({ onRequest: (_, peer) => peer.send(answerWith(CHAT_ANSWER)) })
  const gateway = startTestGateway(config(provider.url))
  const client = await RawClient.open(gateway.port)
  expect(statusOf(await client.send(sized('{"seed":9007199254740993,"model":"small"}')).answer())).toBe(200)
  expect(provider.last.body.toString()).toBe('{"seed":9007199254740993,"model":"inner"}')
  await gateway.stop()
  expect(gateway.faults).toEqual([])
})

test("a body held to be judged takes the memory of its bytes, in however many pieces they come", async () => {
  const gateway = await startDistantGateway(config("http://127.0.0.1:9"))
  const client = await RawClient.open(gateway.port)
  const before = await gateway.rss()
  client.send(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`)
  const chunks = Buffer.from("1\r\n \r\n".repeat(10_000))
  for (let i = 0; i < 200; i++)
    await new Promise<void>((resolve) => {
      client.socket.write(chunks, () => resolve())
    })
  await Bun.sleep(500)
  expect((await gateway.rss()) - before).toBeLessThan(64 * 1024 * 1024)
  client.vanish()
  expect(await gateway.stop()).toBe(0)
})
