import { afterAll, beforeAll, expect, test } from "bun:test"
import OpenAI, {
  APIConnectionTimeoutError,
  AuthenticationError,
  AzureOpenAI,
  NotFoundError,
  RateLimitError,
  toFile,
} from "openai"
import { caught } from "./caught.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { type Provider, startProvider } from "./providers/provider.fixture.ts"
import { reasoningText, refusalText } from "./providers/script.fixture.ts"
import { providerKey as apiKey } from "./providers/wire.fixture.ts"

/** OpenAI's own SDK as the judge of the scripted OpenAI and Azure. */
let chat: Provider
let responses: Provider
let azure: Provider
beforeAll(async () => {
  chat = await startProvider("openai-chat")
  responses = await startProvider("openai-responses")
  azure = await startProvider("azure-openai")
})
afterAll(async () => {
  for (const provider of [chat, responses, azure]) await provider.stop()
})

const client = ({ url }: Provider, key = apiKey) =>
  new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0, timeout: 2000 })
const asking = (content: string) => [{ role: "user" as const, content }]
const get_weather = {
  name: "get_weather",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
  strict: true,
}
const schema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
}

test("chat: the SDK's stream helper gathers parallel calls of fragmented arguments", async () => {
  const stream = client(chat).chat.completions.stream({
    model: "gpt-scripted",
    messages: asking("What is the weather in Paris and Zürich?"),
    tools: [{ type: "function", function: get_weather }],
    stream_options: { include_usage: true },
  })
  const { choices, usage } = await stream.finalChatCompletion()
  const calls = choices[0]?.message.tool_calls ?? []
  expect(calls.map((it) => (it.type === "function" ? JSON.parse(it.function.arguments) : it))).toEqual([
    { city: "Paris" },
    { city: "Zürich" },
  ])
  expect(choices[0]?.finish_reason).toBe("tool_calls")
  expect(usage?.total_tokens).toBe(29)
})

test("chat: structured output, two choices, log probabilities, refusal", async () => {
  const format = { type: "json_schema" as const, json_schema: { name: "person", schema, strict: true } }
  const parsed = await client(chat).chat.completions.parse({
    model: "m",
    messages: asking("Who?"),
    response_format: format,
  })
  expect(parsed.choices[0]?.message.parsed).toMatchObject({ name: "Ada", age: 36 })
  const two = await client(chat).chat.completions.create({
    model: "m",
    messages: asking("say hi"),
    n: 2,
    logprobs: true,
  })
  expect(two.choices.map((it) => it.message.content)).toEqual(["hi", "hi"])
  expect(two.choices[0]?.logprobs?.content?.[0]?.logprob).toBe(-0.25)
  const refused = await client(chat).chat.completions.create({ model: "m", messages: asking("refuse me") })
  expect(refused.choices[0]?.message.refusal).toBe(refusalText)
})

test("chat: the second same request tells of cached tokens", async () => {
  const ask = () => client(chat).chat.completions.create({ model: "cached", messages: asking("say twice") })
  expect((await ask()).usage?.prompt_tokens_details?.cached_tokens).toBe(0)
  expect((await ask()).usage?.prompt_tokens_details?.cached_tokens).toBe(8)
})

test("responses: text, reasoning, calls, image, schema and refusal, whole and streamed", async () => {
  const api = client(responses).responses
  const input = "What is the weather in Paris and Oslo?"
  const tools = [{ type: "function" as const, ...get_weather }]
  const called = await api
    .stream({ model: "m", input, tools, reasoning: { effort: "low", summary: "auto" } })
    .finalResponse()
  expect(called.output.map((it) => it.type)).toEqual(["reasoning", "function_call", "function_call"])
  expect(called.output.flatMap((it) => (it.type === "reasoning" ? it.summary.map((s) => s.text) : []))).toEqual([
    reasoningText,
  ])
  expect(called.output.flatMap((it) => (it.type === "function_call" ? [JSON.parse(it.arguments)] : []))).toEqual([
    { city: "Paris" },
    { city: "Oslo" },
  ])
  const results = called.output.flatMap((it) =>
    it.type === "function_call"
      ? [{ type: "function_call_output" as const, call_id: it.call_id, output: `sun ${it.call_id}` }]
      : [],
  )
  const calls = called.output.flatMap((it) =>
    it.type === "function_call" ? [{ type: it.type, call_id: it.call_id, name: it.name, arguments: it.arguments }] : [],
  )
  const told = await api.create({ model: "m", input: [...asking(input), ...calls, ...results], tools })
  expect(told.output_text).toBe("The results are: sun call_2; sun call_3")
  const image = {
    type: "input_image" as const,
    image_url: `data:image/png;base64,${onePixel}`,
    detail: "auto" as const,
  }
  const seen = await api.create({ model: "m", input: [{ role: "user", content: [image] }] })
  expect(seen.output_text).toContain("image/png")
  const refused = await api.stream({ model: "m", input: "refuse me" }).finalResponse()
  expect(refused.output).toMatchObject([{ content: [{ type: "refusal", refusal: refusalText }] }])
  const cut = await api.create({ model: "m", input: "stop early", max_output_tokens: 16 })
  expect(cut.incomplete_details).toEqual({ reason: "max_output_tokens" })
})

test("the endpoints beside chat answer the SDK", async () => {
  const api = client(chat)
  const { data } = await api.embeddings.create({ model: "e", input: ["one", "two"], dimensions: 4 })
  expect(data.map((it) => it.embedding.length)).toEqual([4, 4])
  expect((await api.images.generate({ model: "i", prompt: "a cat" })).data?.[0]?.b64_json).toBe(onePixel)
  expect(await (await api.audio.speech.create({ model: "s", voice: "alloy", input: "hi" })).text()).toBe("spoken: hi")
  const heard = await api.audio.transcriptions.create({ model: "t", file: await toFile(Buffer.from("abc"), "a.wav") })
  expect(heard.text).toBe("I hear 3 bytes named a.wav.")
  expect((await api.moderations.create({ input: "do harm" })).results[0]?.flagged).toBe(true)
  expect((await Array.fromAsync(await api.models.list())).length).toBe(3)
})

test("Azure: deployments, the api-key header, the content filter", async () => {
  const api = new AzureOpenAI({ apiKey, endpoint: azure.url, apiVersion: "2024-10-21", maxRetries: 0 })
  const { choices } = await api.chat.completions.create({ model: "my-deployment", messages: asking("say hi") })
  expect(choices[0]?.message.content).toBe("hi")
  const refused = await api.chat.completions.create({ model: "my-deployment", messages: asking("refuse me") })
  expect(refused.choices[0]?.finish_reason).toBe("content_filter")
  expect(azure.requests().at(-1)?.asked()?.model).toBe("my-deployment")
})

test("errors are of the SDK's classes", async () => {
  const ask = (model: string) => caught(client(chat).chat.completions.create({ model, messages: asking("x") }))
  expect(await ask("fault-401")).toBeInstanceOf(AuthenticationError)
  expect(await ask("fault-404")).toBeInstanceOf(NotFoundError)
  expect(await ask("fault-429")).toBeInstanceOf(RateLimitError)
  expect(await caught(client(chat, "wrong").models.list())).toBeInstanceOf(AuthenticationError)
  const silent = new OpenAI({ apiKey, baseURL: `${chat.url}/v1`, maxRetries: 0, timeout: 50 })
  const request = { model: "fault-silence", messages: asking("x") }
  expect(await caught(silent.chat.completions.create(request))).toBeInstanceOf(APIConnectionTimeoutError)
  const broken = { model: "fault-midstream-error", messages: asking("x"), stream: true } as const
  const stream = await client(chat).chat.completions.create(broken)
  expect(String(await caught(Array.fromAsync(stream)))).toContain("The server had an error")
})

test("what OpenAI would not take is refused as OpenAI does", async () => {
  const post = async (more: object) =>
    String(
      await caught(client(chat).post("/chat/completions", { body: { model: "m", messages: asking("x"), ...more } })),
    )
  expect(await post({ messages: [{ role: "robot", content: "x" }] })).toContain("messages.0.role")
  expect(await post({ foo: 1 })).toContain("Unrecognized request argument supplied: foo")
  expect(await post({ stream_options: {} })).toContain("only allowed when 'stream'")
  const orphan = [...asking("x"), { role: "tool", tool_call_id: "call_1", content: "y" }]
  expect(await post({ messages: orphan })).toContain("must be a response to a preceeding message")
  expect(await post({ tools: [{ type: "function", name: "get_weather", parameters: {} }] })).toContain("tools.0")
  expect(await post({ x_future: 1 })).toBe("undefined")
})
