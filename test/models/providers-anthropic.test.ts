import { afterAll, beforeAll, expect, test } from "bun:test"
import Anthropic, { AuthenticationError, InternalServerError, RateLimitError } from "@anthropic-ai/sdk"
import { caught } from "./caught.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { type Provider, startProvider } from "./providers/provider.fixture.ts"
import { reasoningSignature, reasoningText } from "./providers/script.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"

/** Anthropic's own SDK as the judge of the scripted Anthropic. */
let provider: Provider
beforeAll(async () => {
  provider = await startProvider("anthropic")
})
afterAll(() => provider.stop())

const client = (apiKey = providerKey) => new Anthropic({ apiKey, baseURL: provider.url, maxRetries: 0 })
const ask = (
  content: Anthropic.MessageParam["content"],
  more: Partial<Anthropic.MessageCreateParamsNonStreaming> = {},
) => ({ model: "claude-scripted", max_tokens: 2048, messages: [{ role: "user" as const, content }], ...more })
const tools: Anthropic.Tool[] = [
  {
    name: "get_weather",
    input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
]

test("thinking with its signature comes before parallel calls, streamed as whole", async () => {
  const request = ask("What is the weather in Paris and Oslo?", {
    tools,
    thinking: { type: "enabled", budget_tokens: 1024 },
  })
  const whole = await client().messages.create(request)
  const streamed = await client().messages.stream(request).finalMessage()
  expect<unknown>(streamed.content).toEqual(whole.content)
  expect(whole.content).toMatchObject([
    { type: "thinking", thinking: reasoningText, signature: reasoningSignature },
    { type: "tool_use", name: "get_weather", input: { city: "Paris" } },
    { type: "tool_use", name: "get_weather", input: { city: "Oslo" } },
  ])
  expect(streamed.stop_reason).toBe("tool_use")
  const results = whole.content.flatMap((it) =>
    it.type === "tool_use" ? [{ type: "tool_result" as const, tool_use_id: it.id, content: `sun ${it.id}` }] : [],
  )
  const messages = [
    ...request.messages,
    { role: "assistant" as const, content: whole.content },
    { role: "user" as const, content: results },
  ]
  const told = await client().messages.create({ ...request, messages })
  expect(told.content.at(-1)).toMatchObject({ text: "The results are: sun toolu_2; sun toolu_3" })
})

test("a cache mark is told as written, then as read", async () => {
  const system = [{ type: "text" as const, text: "Be kind.", cache_control: { type: "ephemeral" as const } }]
  const request = ask("say cached", { system })
  const { usage: first } = await client().messages.create(request)
  const { usage: second } = await client().messages.create(request)
  expect(first).toMatchObject({ input_tokens: 6, cache_creation_input_tokens: 8, cache_read_input_tokens: 0 })
  expect(second).toMatchObject({ input_tokens: 6, cache_creation_input_tokens: 0, cache_read_input_tokens: 8 })
})

test("images, documents, schemas, stop sequences, refusals and counts", async () => {
  const source = { type: "base64" as const, media_type: "image/png" as const, data: onePixel }
  const text = { type: "text" as const, media_type: "text/plain" as const, data: "wörds" }
  const seen = await client().messages.create(
    ask([
      { type: "image", source },
      { type: "document", source: text },
    ]),
  )
  const size = Buffer.from(onePixel, "base64").length
  expect(seen.content[0]).toMatchObject({
    text: `I see an image of type image/png with ${size} bytes and a document of type text/plain with 6 bytes`,
  })
  const schema = { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } } }
  const output = await client().messages.create(
    ask("Who?", { output_config: { format: { type: "json_schema", schema } } }),
  )
  expect(output.content[0]).toMatchObject({ text: '{"name":"Ada","age":36}' })
  const stopped = await client().messages.create(ask("say one STOP two", { stop_sequences: ["STOP"] }))
  expect(stopped).toMatchObject({ stop_reason: "stop_sequence", stop_sequence: "STOP", content: [{ text: "one " }] })
  expect((await client().messages.create(ask("refuse me"))).stop_reason).toBe("refusal")
  const { max_tokens: _, ...counted } = ask("one two three")
  expect(await client().messages.countTokens(counted)).toMatchObject({ input_tokens: 13 })
})

test("errors are of the SDK's classes", async () => {
  const fault = (model: string) => caught(client().messages.create(ask("x", { model })))
  expect(await fault("fault-401")).toBeInstanceOf(AuthenticationError)
  expect(await fault("fault-429")).toBeInstanceOf(RateLimitError)
  expect(await fault("fault-529")).toBeInstanceOf(InternalServerError)
  expect(String(await caught(client("wrong").messages.create(ask("x"))))).toContain("invalid x-api-key")
  const streamed = (model: string) => caught(client().messages.stream(ask("say something", { model })).finalMessage())
  expect(String(await streamed("fault-midstream-error"))).toContain("overloaded_error")
  expect(await streamed("fault-truncated-stream")).toBeInstanceOf(Error)
})

test("what Anthropic would not take is refused as Anthropic does", async () => {
  const messages = [{ role: "user", content: "x" }]
  const post = async (more: object) =>
    String(await caught(client().post("/v1/messages", { body: { model: "m", max_tokens: 1024, messages, ...more } })))
  expect(await post({ max_tokens: undefined })).toContain("max_tokens: Field required")
  expect(await post({ messages: [{ role: "system", content: "x" }] })).toContain("messages.0.role")
  expect(await post({ foo: 1 })).toContain("foo: Extra inputs are not permitted")
  expect(await post({ temperature: 1.5 })).toContain("temperature")
  expect(await post({ tools: [{ name: "t", parameters: { type: "object" } }] })).toContain(
    "tools.0.input_schema: Field required",
  )
  const use = { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "t", input: {} }] }
  expect(await post({ messages: [...messages, use, ...messages] })).toContain("without `tool_result`")
  expect(await post({ thinking: { type: "enabled", budget_tokens: 1024 } })).toContain("must be greater than")
})
