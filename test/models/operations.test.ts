import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import Anthropic from "@anthropic-ai/sdk"
import { GoogleGenAI } from "@google/genai"
import OpenAI, { BadRequestError, toFile } from "openai"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { caught } from "./caught.fixture.ts"
import { CALLER_KEY as apiKey, type ModelGateway, providerLines, startModelGateway } from "./gateway.fixture.ts"
import { embedding } from "./providers/embedding.fixture.ts"
import { onePixel } from "./providers/openai-more.fixture.ts"
import { type Format, type Provider, startProvider } from "./providers/provider.fixture.ts"
import { providerKey } from "./providers/wire.fixture.ts"

/** Official SDKs ask for what is no chat, at providers of every format that has it. */
let gateway: ModelGateway
/** Behind it, a provider as Jina, one as Voyage, and a pool whose targets differ in what they take. */
let ranking: TestGateway
let jina: Provider
let cohere: Provider
beforeAll(async () => {
  gateway = await startModelGateway()
  jina = await startProvider("openai-chat")
  cohere = await startProvider("cohere")
  ranking = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${apiKey} }]
models:
  jina: [{ provider: jina, model: jina-reranker }]
  strict: { targets: [{ provider: cohere, model: rerank-v4 }], on-loss: refuse }
  pool: [{ provider: cohere, model: embed-v4 }, { provider: openai, model: text-embedding }]
  limited: { targets: [{ provider: cohere, model: command }], limits: { tokens-per-minute: 5 } }
  limited-anthropic: { targets: [{ provider: anthropic, model: claude }], limits: { tokens-per-minute: 5 } }
providers:
  anthropic: ${providerLines("anthropic", gateway.providers.get("anthropic")?.url ?? "")}
  jina: { use: jina, url: "${jina.url}/v1", key: ${providerKey} }
  openai: ${providerLines("openai-chat", jina.url)}
  cohere: ${providerLines("cohere", cohere.url)}
records: { permits: 1 }
`)
})
afterAll(async () => {
  await gateway.stop()
  await ranking.stop()
  await jina.stop()
  await cohere.stop()
})

const openai = ({ url }: TestGateway = gateway) => new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 })
const google = () => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: gateway.url } })
const anthropic = () => new Anthropic({ apiKey, baseURL: gateway.url, maxRetries: 0 })

const EMBEDDING = ["openai-chat", "azure-openai", "gemini", "cohere", "ollama"] as const satisfies readonly Format[]

/** As floats of 32 bits, which is what base64 carries. */
const single = (numbers: readonly number[]): number[] => Array.from(Float32Array.from(numbers))
const sent = (format: Format) => JSON.parse(gateway.providers.get(format)?.requests().at(-1)?.body.toString() ?? "")

function recordOf(of: TestGateway, { headers }: Response) {
  of.store.records.flush()
  return of.store.records.find(headers.get("pinpoint-decision") ?? "")
}

function post(to: TestGateway, path: string, body: unknown): Promise<Response> {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" }
  return fetch(to.url + path, { method: "POST", headers, body: JSON.stringify(body) })
}

describe("embeddings", () => {
  for (const format of EMBEDDING) {
    test(`OpenAI's SDK gets them from ${format}, in base64 as it asks unasked, and as numbers`, async () => {
      const model = `${format}/e`
      const { data, model: told } = await openai().embeddings.create({ model, input: ["one", "two"], dimensions: 4 })
      expect(data.map((it) => it.embedding)).toEqual([single(embedding("one", 4)), single(embedding("two", 4))])
      expect(data.map((it) => it.index)).toEqual([0, 1])
      if (format !== "openai-chat" && format !== "azure-openai") expect(told).toBe(model)
      const plain = await openai().embeddings.create({ model, input: "one", encoding_format: "float" })
      expect(plain.data.map((it) => it.embedding)).toEqual([[...embedding("one")]])
    })

    test(`Google's SDK gets them from ${format}`, async () => {
      const model = `${format}/e`
      const { embeddings } = await google().models.embedContent({
        model,
        contents: ["one", "two"],
        config: { outputDimensionality: 4 },
      })
      expect(embeddings?.map(({ values }) => values)).toEqual([[...embedding("one", 4)], [...embedding("two", 4)]])
    })

    test(`embedContent, of one text, is answered with one vector by ${format}`, async () => {
      const body = { content: { parts: [{ text: "one" }] }, outputDimensionality: 3 }
      const response = await post(gateway, `/v1beta/models/${format}/e:embedContent`, body)
      expect(await response.json()).toMatchObject({ embedding: { values: [...embedding("one", 3)] } })
    })
  }

  test("in Gemini's own format keep what only it knows, with the model's name there", async () => {
    const content = { parts: [{ text: "one" }] }
    const requests = [{ model: "models/gemini/e", content, taskType: "RETRIEVAL_QUERY" }]
    await post(gateway, "/v1beta/models/gemini/e:batchEmbedContents", { requests, x_future: 1 })
    expect(sent("gemini")).toEqual({ requests: [{ ...requests[0], model: "models/e" }], x_future: 1 })
  })

  test("say what a provider has no place for", async () => {
    const response = await post(gateway, "/v1/embeddings", { model: "ollama/e", input: "one", user: "u", x_one: 1 })
    expect(response.status).toBe(200)
    expect(response.headers.get("pinpoint-dropped")).toBe("user, x_one")
    await response.body?.cancel()
  })

  test("that are asked for in a faulty way are refused with the place", async () => {
    const fault = await caught(openai().embeddings.create({ model: "cohere/e", input: [] }))
    expect(fault).toBeInstanceOf(BadRequestError)
    expect(String(fault)).toContain("input must be a text or a list of at least one text")
    const google = await post(gateway, "/v1beta/models/cohere/e:embedContent", { content: { parts: [{ text: 1 }] } })
    expect(google.status).toBe(400)
    expect(await google.text()).toContain("content.parts[0].text must be a text")
  })

  test("of tokens go past a target that knows only texts, and are refused where no other is", async () => {
    const { data, response } = await openai(ranking)
      .embeddings.create({ model: "pool", input: [1, 2, 3] })
      .withResponse()
    expect(data.data).toHaveLength(1)
    expect(recordOf(ranking, response)?.model).toMatchObject({
      target: "openai/text-embedding",
      passedOver: [{ target: "cohere/embed-v4", why: expect.stringContaining("input must be a text") }],
    })
    expect(await caught(openai().embeddings.create({ model: "cohere/e", input: [1, 2] }))).toBeInstanceOf(
      BadRequestError,
    )
  })

  test("of a model that has none are refused as not offered, in both dialects", async () => {
    expect(await caught(openai().embeddings.create({ model: "anthropic/m", input: "x" }))).toMatchObject({
      status: 400,
      code: "model/operation-not-offered",
    })
    const content = { parts: [{ text: "one" }] }
    const response = await post(gateway, "/v1beta/models/anthropic/m:embedContent", { content })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("model/operation-not-offered")
  })

  test("tell a provider's error in the caller's dialect", async () => {
    const fault = await caught(openai().embeddings.create({ model: "cohere/fault-429", input: "x" }))
    expect(fault).toMatchObject({ status: 429 })
  })
})

describe("rerank", () => {
  const body = { query: "a cat", documents: ["a dog", { text: "the cat" }, "nothing"], top_n: 2 }

  for (const path of ["/v1/rerank", "/v2/rerank"]) {
    test(`${path} is told to Cohere in texts, and documents come back where that is asked`, async () => {
      const response = await post(gateway, path, { ...body, model: "cohere/r", return_documents: true })
      expect(await response.json()).toMatchObject({
        model: "cohere/r",
        results: [
          { index: 1, relevance_score: 1, document: { text: "the cat" } },
          { index: 0, relevance_score: 0.5, document: { text: "a dog" } },
        ],
        meta: { billed_units: { search_units: 1 } },
      })
      expect(sent("cohere")).toEqual({
        model: "r",
        query: "a cat",
        documents: ["a dog", "the cat", "nothing"],
        top_n: 2,
      })
    })

    test(`${path} passes to Jina as it is`, async () => {
      const response = await post(ranking, path, { ...body, model: "jina", x_future: 1 })
      expect(await response.json()).toMatchObject({
        results: [{ index: 1 }, { index: 0 }],
        usage: { total_tokens: 10 },
      })
      expect(JSON.parse(jina.requests().at(-1)?.body.toString() ?? "")).toEqual({
        ...body,
        model: "jina-reranker",
        x_future: 1,
      })
    })
  }

  test("is refused where more than texts would be left out and the model refuses that", async () => {
    const documents = [{ text: "a", title: "b" }]
    const response = await post(ranking, "/v1/rerank", { model: "strict", query: "a", documents })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("documents[].title")
  })

  test("without documents is refused with the place", async () => {
    const response = await post(gateway, "/v2/rerank", { model: "cohere/r", query: "a" })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("documents must be an array of documents")
  })
})

describe("counting tokens", () => {
  const messages = [{ role: "user" as const, content: "How many tokens has this sentence?" }]

  for (const format of ["openai-chat", "gemini", "bedrock", "cohere", "ollama"] as const)
    test(`Anthropic's SDK is told an estimate where ${format} serves the model, without asking it`, async () => {
      const before = gateway.providers.get(format)?.requests().length
      const { data, response } = await anthropic()
        .messages.countTokens({ model: `${format}/m`, messages, system: "Be brief." })
        .withResponse()
      expect(data.input_tokens).toBeGreaterThan(8)
      expect(data.input_tokens).toBeLessThan(30)
      expect(response.headers.get("pinpoint-counted")).toBe("estimate")
      expect(gateway.providers.get(format)?.requests()).toHaveLength(before ?? -1)
    })

  test("Anthropic's SDK is told what Anthropic counts where that serves the model", async () => {
    const { response, data } = await anthropic().messages.countTokens({ model: "anthropic/m", messages }).withResponse()
    expect(response.headers.get("pinpoint-counted")).toBeNull()
    expect(data.input_tokens).toBe(16)
  })

  test("Google's SDK is told what Gemini counts, or an estimate", async () => {
    const contents = "How many tokens has this sentence?"
    expect((await google().models.countTokens({ model: "gemini/m", contents })).totalTokens).toBe(16)
    const { totalTokens } = await google().models.countTokens({ model: "anthropic/m", contents })
    expect(totalTokens).toBeGreaterThan(6)
    expect(totalTokens).toBeLessThan(20)
  })

  test("of a whole request at Gemini names the model by the provider's name", async () => {
    const generateContentRequest = { model: "models/gemini/m", contents: [{ role: "user", parts: [{ text: "hi" }] }] }
    const response = await post(gateway, "/v1beta/models/gemini/m:countTokens", { generateContentRequest })
    expect(response.status).toBe(200)
    expect(sent("gemini")).toEqual({ generateContentRequest: { ...generateContentRequest, model: "models/m" } })
  })

  test("of what is no request is refused with the place", async () => {
    const response = await post(gateway, "/v1/messages/count_tokens", { model: "cohere/m", messages: [{ role: "x" }] })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("messages[0].role")
  })

  test("is free: it takes nothing of a limit that it alone would pass", async () => {
    for (const model of ["limited", "limited-anthropic"]) {
      const api = new Anthropic({ apiKey, baseURL: ranking.url, maxRetries: 0 })
      for (let i = 0; i < 3; i++) {
        const { response } = await api.messages.countTokens({ model, messages }).withResponse()
        expect(recordOf(ranking, response)?.model?.cost ?? 0).toBe(0)
      }
    }
  })
})

describe("what passes through", () => {
  test("images, speech, moderations and transcripts reach OpenAI's SDK", async () => {
    const api = openai()
    const image = await api.images.generate({ model: "openai-chat/i", prompt: "a cat" })
    expect(image.data?.[0]?.b64_json).toBe(onePixel)
    const speech = await api.audio.speech.create({ model: "openai-chat/s", voice: "alloy", input: "hi" })
    expect(await speech.text()).toBe("spoken: hi")
    const moderated = await api.moderations.create({ model: "openai-chat/m", input: "do harm" })
    expect(moderated.results[0]?.flagged).toBe(true)
    const file = await toFile(Buffer.from("abc"), "a.wav")
    const heard = await api.audio.transcriptions.create({ model: "openai-chat/t", file })
    expect(heard.text).toBe("I hear 3 bytes named a.wav.")
  })

  test("a transcript as plain text comes as it is", async () => {
    const file = await toFile(Buffer.from("abc"), "a.wav")
    const text = await openai().audio.transcriptions.create({
      model: "azure-openai/t",
      file,
      response_format: "text",
    })
    expect(String(text)).toContain("I hear 3 bytes named a.wav.")
  })

  test("is refused as not offered where the provider has none", async () => {
    const fault = await caught(openai().images.generate({ model: "cohere/i", prompt: "a cat" }))
    expect(fault).toMatchObject({ status: 400, code: "model/operation-not-offered" })
  })
})
