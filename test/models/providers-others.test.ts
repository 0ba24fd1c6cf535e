import { afterAll, beforeAll, expect, test } from "bun:test"
import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock"
import { createCohere } from "@ai-sdk/cohere"
import { ApiError, FunctionCallingConfigMode, GoogleGenAI } from "@google/genai"
import { embedMany, generateText, rerank, streamText } from "ai"
import { caught } from "./caught.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { type Provider, startProvider } from "./providers/provider.fixture.ts"
import { reasoningSignature, reasoningText } from "./providers/script.fixture.ts"
import { awsCredentials } from "./providers/sigv4.fixture.ts"
import { providerKey as apiKey } from "./providers/wire.fixture.ts"

/** Google's own SDK as the judge of the scripted Gemini; signatures, rerank, and what no SDK here speaks. */
let gemini: Provider
let bedrock: Provider
let cohere: Provider
let ollama: Provider
beforeAll(async () => {
  gemini = await startProvider("gemini")
  bedrock = await startProvider("bedrock")
  cohere = await startProvider("cohere")
  ollama = await startProvider("ollama")
})
afterAll(async () => {
  for (const provider of [gemini, bedrock, cohere, ollama]) await provider.stop()
})

const google = (key = apiKey) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: gemini.url } })
const model = "gemini-scripted"
const functionDeclarations = [
  { name: "get_weather", parametersJsonSchema: { type: "object", properties: { city: { type: "string" } } } },
]

test("Gemini: thoughts, calls without ids, streamed as whole", async () => {
  const config = {
    tools: [{ functionDeclarations }],
    toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.AUTO } },
    thinkingConfig: { includeThoughts: true },
  }
  const request = { model, contents: "What is the weather in Paris and Oslo?", config }
  const whole = await google().models.generateContent(request)
  expect(whole.functionCalls).toEqual([
    { name: "get_weather", args: { city: "Paris" } },
    { name: "get_weather", args: { city: "Oslo" } },
  ])
  expect(whole.candidates?.[0]?.content?.parts?.[0]).toEqual({
    text: reasoningText,
    thought: true,
    thoughtSignature: reasoningSignature,
  })
  const chunks = await Array.fromAsync(await google().models.generateContentStream(request))
  const parts = chunks.flatMap((it) => it.candidates?.[0]?.content?.parts ?? [])
  expect(parts.flatMap((it) => it.functionCall ?? [])).toEqual(whole.functionCalls ?? [])
  expect(parts.flatMap((it) => (it.thought ? (it.text ?? "") : [])).join("")).toBe(reasoningText)
  expect(chunks.at(-1)?.usageMetadata?.thoughtsTokenCount).toBe(6)
})

test("Gemini: schema, image, stop, safety, counts and embeddings", async () => {
  const { models } = google()
  const responseJsonSchema = { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } } }
  const person = await models.generateContent({
    model,
    contents: "Who?",
    config: { responseMimeType: "application/json", responseJsonSchema },
  })
  expect(person.text).toBe('{"name":"Ada","age":36}')
  const seen = await models.generateContent({
    model,
    contents: [{ inlineData: { mimeType: "image/png", data: onePixel } }, { text: "?" }],
  })
  expect(seen.text).toContain("image/png")
  const refused = await models.generateContent({ model, contents: "refuse me" })
  expect(String(refused.candidates?.[0]?.finishReason)).toBe("SAFETY")
  expect((await models.countTokens({ model, contents: "one two three" })).totalTokens).toBe(13)
  const { embeddings } = await models.embedContent({ model, contents: ["a", "b"], config: { outputDimensionality: 4 } })
  expect(embeddings?.map((it) => it.values?.length)).toEqual([4, 4])
})

test("Gemini: without alt=sse a stream is one JSON array in pieces", async () => {
  const body = JSON.stringify({ contents: [{ parts: [{ text: "say größer als" }] }] })
  const answer = await fetch(`${gemini.url}/v1beta/models/${model}:streamGenerateContent?key=${apiKey}`, {
    method: "POST",
    body,
  })
  const chunks: unknown = await answer.json()
  expect(chunks).toMatchObject([{ candidates: [{ content: { parts: [{ text: "größe" }] } }] }, {}, {}])
})

test("Gemini: errors and what it would not take", async () => {
  expect(await caught(google().models.generateContent({ model: "fault-429", contents: "x" }))).toBeInstanceOf(ApiError)
  expect(String(await caught(google("wrong").models.generateContent({ model, contents: "x" })))).toContain(
    "API key not valid",
  )
  const post = async (body: object) => {
    const url = `${gemini.url}/v1beta/models/${model}:generateContent?key=${apiKey}`
    return (await fetch(url, { method: "POST", body: JSON.stringify(body) })).text()
  }
  expect(await post({ contents: [{ role: "assistant", parts: [{ text: "x" }] }] })).toContain(
    "Please use a valid role: user, model.",
  )
  expect(await post({ contents: [{ parts: [{ text: "x" }] }], foo: 1 })).toContain("Cannot find field")
  expect(await post({ contents: [{ parts: [{}] }] })).toContain("required oneof field 'data'")
})

test("Bedrock: a wrong secret is refused as AWS does; a colon in the model's name is signed right", async () => {
  const ask = (secretAccessKey: string, name: string) =>
    generateText({
      model: createAmazonBedrock({ baseURL: bedrock.url, ...awsCredentials, secretAccessKey })(name),
      prompt: "say hi",
      maxRetries: 0,
    })
  expect((await ask(awsCredentials.secretAccessKey, "eu.anthropic.claude-v1:0")).text).toBe("hi")
  expect(bedrock.requests().at(-1)?.asked()?.model).toBe("eu.anthropic.claude-v1:0")
  expect(String(await caught(ask("wrong", "m")))).toContain("The request signature we calculated does not match")
})

test("Cohere: embed and rerank", async () => {
  const api = createCohere({ apiKey, baseURL: `${cohere.url}/v2` })
  const { embeddings } = await embedMany({ model: api.embedding("embed-v4.0"), values: ["a", "b"] })
  expect(embeddings.map((it) => it.length)).toEqual([8, 8])
  const { ranking } = await rerank({
    model: api.reranking("rerank-v3.5"),
    query: "blue sea",
    documents: ["red", "the blue sea"],
  })
  expect(ranking.map((it) => it.originalIndex)).toEqual([1, 0])
})

test("Ollama: lines of JSON, calls as objects, an image's bytes, thinking", async () => {
  const post = async (body: object) =>
    (await fetch(`${ollama.url}/api/chat`, { method: "POST", body: JSON.stringify(body) })).text()
  const asking = (content: string, more: object = {}) => [{ role: "user", content, ...more }]
  const lines = (await post({ model: "m", messages: asking("say größer als"), think: true }))
    .trim()
    .split("\n")
    .map((it): unknown => JSON.parse(it))
  expect(lines.length).toBeGreaterThan(4)
  expect(lines.at(-1)).toMatchObject({ done: true, done_reason: "stop", prompt_eval_count: 13 })
  const tools = [{ type: "function", function: { name: "get_weather", parameters: { type: "object" } } }]
  const called: unknown = JSON.parse(
    await post({ model: "m", messages: asking("weather in Paris and Oslo"), tools, stream: false }),
  )
  expect(called).toMatchObject({
    message: {
      tool_calls: [{ function: { arguments: { city: "Paris" } } }, { function: { arguments: { city: "Oslo" } } }],
    },
  })
  expect(await post({ model: "m", messages: asking("what?", { images: [onePixel] }), stream: false })).toContain(
    "image/png",
  )
  expect(await post({ model: "fault-404", messages: asking("x") })).toContain('{"error":"The model')
})

test("a stream's chunks are cut within characters of several bytes", async () => {
  const body = JSON.stringify({ model: "slow", messages: [{ role: "user", content: "say ß and 👩‍👩‍👧" }] })
  const answer = await fetch(`${ollama.url}/api/chat`, { method: "POST", body })
  const chunks: Uint8Array[] = await Array.fromAsync(answer.body ?? [])
  const isCut = (chunk: Uint8Array): boolean => (chunk[0] ?? 0) >= 0x80
  expect(chunks.filter(isCut).length).toBeGreaterThan(0)
})

test("Bedrock: reasoning comes with its signature, in the stream as well", async () => {
  const model = createAmazonBedrock({ baseURL: bedrock.url, ...awsCredentials })("anthropic.claude-scripted")
  const providerOptions = { bedrock: { reasoningConfig: { type: "enabled", budgetTokens: 1024 } } }
  const request = { model, prompt: "say yes", providerOptions, maxRetries: 0 }
  const streamed = streamText(request)
  await streamed.consumeStream()
  for (const { reasoning, text } of [
    await generateText(request),
    { reasoning: await streamed.reasoning, text: await streamed.text },
  ]) {
    expect(reasoning.map((it) => it.text)).toEqual([reasoningText])
    expect(JSON.stringify(reasoning)).toContain(reasoningSignature)
    expect(text).toBe("yes")
  }
})

test("a cut connection is the provider's doing, a client's abort is not", async () => {
  const post = (model: string, signal?: AbortSignal) => {
    const body = JSON.stringify({ model, messages: [{ role: "user", content: "say something long" }] })
    return fetch(`${ollama.url}/api/chat`, { method: "POST", body, ...(signal && { signal }) })
  }
  const cut = await post("fault-cut-stream")
  expect(await caught(cut.text())).toBeInstanceOf(Error)
  expect(ollama.requests().at(-1)?.isAbandoned()).toBe(false)
  const controller = new AbortController()
  await post("fault-stall", controller.signal)
  controller.abort()
  while (ollama.requests().at(-1)?.isAbandoned() === false) await Bun.sleep(1)
  expect(ollama.requests().at(-1)?.isAbandoned()).toBe(true)
})
