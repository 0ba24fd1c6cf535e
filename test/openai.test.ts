import { afterAll, beforeAll, expect, test } from "bun:test"
import OpenAI, { AuthenticationError, NotFoundError } from "openai"
import { startProvider } from "../src/cli/demo/scripted-provider.ts"
import { CHAT_ANSWER } from "./chat-answer.fixture.ts"
import { EXAMPLE_ENV, exampleWith, startTestGateway, type TestGateway } from "./gateway.fixture.ts"

let gateway: TestGateway
let provider: ReturnType<typeof startProvider>
let client: OpenAI

beforeAll(() => {
  provider = startProvider()
  gateway = startTestGateway(exampleWith("http://127.0.0.1:9", provider.url), EXAMPLE_ENV)
  client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: EXAMPLE_ENV.ALICE_KEY, maxRetries: 0 })
})
afterAll(async () => {
  await gateway.stop()
  await provider.stop()
})

const messages = [{ role: "user", content: "Hello" }] as const

test("the official SDK gets a chat completion through the gateway", async () => {
  const completion = await client.chat.completions.create({ model: "small", messages: [...messages] })
  expect(completion.choices[0]?.message.content).toContain("You said: Hello")
  expect(completion.model).toBe("llama-small")
  expect(completion.usage?.total_tokens).toBeGreaterThan(0)
})

test("the official SDK streams a chat completion through the gateway, piece by piece", async () => {
  const stream = await client.chat.completions.create({
    model: "small",
    messages: [...messages],
    stream: true,
    stream_options: { include_usage: true },
  })
  const pieces: string[] = []
  let total = 0
  for await (const chunk of stream) {
    const piece = chunk.choices[0]?.delta.content
    if (piece) pieces.push(piece)
    total += chunk.usage?.total_tokens ?? 0
  }
  expect(pieces.length).toBeGreaterThan(5)
  expect(pieces.join("")).toContain("You said: Hello")
  expect(total).toBeGreaterThan(0)
})

test("the official SDK lists the models that a call may name", async () => {
  const names: string[] = []
  for await (const model of client.models.list()) names.push(model.id)
  expect(names).toEqual(["small"])
})

/** What an SDK call throws. */
async function thrown(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  )
}

test("the SDK's exception for a model that is not there carries the cause, the decision and a verified fix", async () => {
  const error = await thrown(client.chat.completions.create({ model: "smal", messages: [...messages] }))
  if (!(error instanceof NotFoundError)) throw new Error(`not a NotFoundError: ${error}`)
  expect(error.code).toBe("model/not-found")
  expect(error.param).toBe("model")
  expect(error.message).toContain('"smal"')
  expect(error.headers?.get("pinpoint-cause")).toBe("model/not-found")
  const facts = error.error as { cause: string; decision: string; fix: { verified: boolean; does: string }[] }
  expect(facts.cause).toBe("model/not-found")
  expect(facts.decision).toBe(error.headers?.get("pinpoint-decision") ?? "")
  expect(facts.fix.find((it) => it.verified)?.does).toBe('model.name becomes "small"')
})

test("the SDK's exception for a wrong key carries the cause and nothing of other keys", async () => {
  const stranger = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "not-a-key-at-all-0000", maxRetries: 0 })
  const error = await thrown(stranger.chat.completions.create({ model: "small", messages: [...messages] }))
  if (!(error instanceof AuthenticationError)) throw new Error(`not an AuthenticationError: ${error}`)
  expect(error.code).toBe("identity/key-invalid")
  expect(JSON.stringify(error.error)).not.toContain("alice")
})

test("a model call without a key is refused, as an open door to a provider is somebody's bill", async () => {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", body: "{}" })
  expect(response.status).toBe(401)
  expect(response.headers.get("pinpoint-cause")).toBe("identity/key-missing")
})

test("the gateway's key never reaches the provider, and the provider's own does", async () => {
  const seen: { key: string | null; bearer: string | null }[] = []
  const spy = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ headers }) => {
      seen.push({ key: headers.get("x-api-key"), bearer: headers.get("authorization") })
      return new Response(CHAT_ANSWER, { headers: { "content-type": "application/json" } })
    },
  })
  const behind = startTestGateway(exampleWith("http://127.0.0.1:9", `http://127.0.0.1:${spy.port}`), {
    ...EXAMPLE_ENV,
    LOCAL_KEY: "provider-secret",
  })
  try {
    for (const headers of [
      { authorization: `Bearer ${EXAMPLE_ENV.ALICE_KEY}` },
      { "x-api-key": EXAMPLE_ENV.ALICE_KEY },
    ])
      await fetch(`${behind.url}/v1/chat/completions`, {
        method: "POST",
        headers,
        body: JSON.stringify({ model: "small", messages }),
      })
    expect(seen.map((it) => it.bearer)).toEqual(["Bearer provider-secret", "Bearer provider-secret"])
    expect(seen.map((it) => it.key)).toEqual([null, null])
  } finally {
    await behind.stop()
    await spy.stop(true)
  }
})
