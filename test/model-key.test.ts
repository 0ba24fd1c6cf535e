import { afterEach, expect, test } from "bun:test"
import { answerWith, Backend, stopBackends } from "./backend.fixture.ts"
import { CHAT_ANSWER } from "./chat-answer.fixture.ts"
import { startTestGateway, type TestGateway } from "./gateway.fixture.ts"
import { firstOf, statusOf } from "./message.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

const KEY = "alice-0123456789abcdef"
const BODY = '{"model":"small","messages":[]}'
let gateway: TestGateway | undefined

afterEach(async () => {
  closeRawClients()
  await gateway?.stop()
  expect(gateway?.faults).toEqual([])
  stopBackends()
})

test("a caller's key never reaches a model's provider, in whichever field it is looked for", async () => {
  const provider = new Backend({ onRequest: (_, peer) => peer.send(answerWith(CHAT_ANSWER)) })
  gateway = startTestGateway(`
listen: 127.0.0.1:0
policies: [key-auth: { headers: [X-Team-Key, X-API-Key], bearer: true }]
keys: [{ name: alice, key: ${KEY} }]
models: { small: [{ provider: one, model: inner }] }
providers: { one: { dialect: openai, url: "${provider.url}/v1", key: provider-secret } }
`)
  for (const name of ["X-Team-Key: ", "x-team-KEY: ", "X-API-Key: ", "Authorization: Bearer "]) {
    const client = await RawClient.open(gateway.port)
    client.send(`POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\n${name}${KEY}\r\nX-Other: 1\r\n`)
    client.send(`Content-Length: ${BODY.length}\r\n\r\n${BODY}`)
    expect(statusOf(await client.answer())).toBe(200)
    const { fields } = provider.last
    expect(JSON.stringify(fields)).not.toContain(KEY)
    expect([firstOf(fields, "authorization"), firstOf(fields, "x-other")]).toEqual(["Bearer provider-secret", "1"])
  }
})
