import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Dialect } from "../codec.ts"
import { FormFault } from "../form/fault.ts"
import { Losses } from "../form/losses.ts"
import { NO_USAGE } from "../form/usage.ts"
import type { JsonObject } from "../json.ts"
import { WIRE_FORMATS, type WireFormat } from "../wire-format.ts"
import type { Vectors } from "./embedding.ts"
import { fromBase64, toBase64 } from "./float-bytes.ts"
import { inBase64 } from "./openai-embeddings.ts"
import type { Translation } from "./translation.ts"
import { translationFor } from "./translation-for.ts"

const texts = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
const floats = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5 })

function translation(
  dialect: Dialect,
  operation: "embeddings" | "rerank",
  format: WireFormat,
  rerank?: "top-k",
): Translation {
  const found = translationFor(dialect, operation, { format, quirks: rerank === undefined ? {} : { rerank } })
  if (found === undefined) throw new Error(`no translation of ${operation} from ${dialect} to ${format}`)
  return found
}

function written(it: Translation, body: JsonObject, model = "m") {
  const losses = new Losses()
  return { body: it.write(body, model, {}, losses), lost: losses.list().map(({ what }) => what) }
}

function faultOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof FormFault) return error.message
    throw error
  }
  return "none"
}

/** An answer with these vectors, as a provider of the format writes it. */
const ANSWERS: { readonly [F in WireFormat]?: (vectors: Vectors) => JsonObject } = {
  "openai-chat": (vectors) => ({
    data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })),
    usage: { prompt_tokens: 7, total_tokens: 7 },
  }),
  gemini: (vectors) => ({ embeddings: vectors.map((values) => ({ values })), usageMetadata: { promptTokenCount: 7 } }),
  cohere: (vectors) => ({ embeddings: { float: vectors }, meta: { billed_units: { input_tokens: 7 } } }),
  ollama: (vectors) => ({ embeddings: vectors, prompt_eval_count: 7 }),
  bedrock: (vectors) => ({ embeddings: { float: vectors } }),
}

const PAIRS = (["openai-chat", "gemini"] as const).flatMap((dialect) =>
  WIRE_FORMATS.flatMap((format) => {
    const answer = ANSWERS[format]
    const found = translationFor(dialect, "embeddings", { format, quirks: {} })
    return answer === undefined || found === undefined ? [] : [{ dialect, format, answer, found }]
  }),
)

const askedIn = (dialect: Dialect, input: readonly string[]): JsonObject =>
  dialect === "gemini"
    ? { requests: input.map((text) => ({ model: "models/alias", content: { parts: [{ text }] } })) }
    : { model: "alias", input }

describe("embeddings", () => {
  test("are translated between all dialects and formats that have them", () => {
    expect(PAIRS.map(({ dialect, format }) => `${dialect} to ${format}`)).toEqual([
      "openai-chat to gemini",
      "openai-chat to bedrock",
      "openai-chat to cohere",
      "openai-chat to ollama",
      "gemini to openai-chat",
      "gemini to gemini",
      "gemini to bedrock",
      "gemini to cohere",
      "gemini to ollama",
    ])
  })

  for (const { dialect, format, answer, found } of PAIRS)
    test(`asked as ${dialect} of ${format}: every vector comes to its text, and the usage with them`, () => {
      fc.assert(
        fc.property(texts, floats, (input, vector) => {
          const vectors = input.map((_, at) => vector.map((it) => it + at))
          const asked = askedIn(dialect, input)
          const { told, usage } = found.read(answer(vectors), asked, "alias")
          const read = dialect === "gemini" ? told.embeddings : told.data
          const expected =
            dialect === "gemini"
              ? vectors.map((values) => ({ values }))
              : vectors.map((embedding, index) => ({ object: "embedding", index, embedding }))
          expect<unknown>(read).toEqual(expected)
          expect(usage).toEqual(format === "bedrock" ? undefined : { ...NO_USAGE, input: 7 })
          expect(JSON.stringify(written(found, asked, "cohere.m").body)).toContain(JSON.stringify(input[0]))
        }),
      )
    })

  test("come in base64 as they were, to 32 bits", () => {
    fc.assert(
      fc.property(floats, (vector) => {
        const it = translation("openai-chat", "embeddings", "ollama")
        const { told } = it.read({ embeddings: [vector] }, { input: "x", encoding_format: "base64" }, "m")
        expect(told.data).toEqual([{ object: "embedding", index: 0, embedding: toBase64(vector) }])
        expect(fromBase64(toBase64(vector), "x")).toEqual(vector)
      }),
    )
    expect(toBase64([1])).toBe("AACAPw==")
    expect(faultOf(() => fromBase64("AAAA", "data[0]"))).toContain("data[0] must be floats")
  })

  test("that were asked for in base64 and came as numbers are written in it, and left alone else", () => {
    const answer = { model: "m", data: [{ index: 0, embedding: [1, 2] }], x: 1 }
    const base64 = { ...answer, data: [{ index: 0, embedding: toBase64([1, 2]) }] }
    expect(inBase64(answer, { encoding_format: "base64" })).toEqual(base64)
    expect(inBase64(answer, {})).toBeUndefined()
    expect(inBase64(base64, { encoding_format: "base64" })).toBeUndefined()
  })

  test("are an answer only with one vector of numbers for each text", () => {
    const it = translation("openai-chat", "embeddings", "cohere")
    const read = (float: JsonObject[string]) =>
      faultOf(() => it.read({ embeddings: { float } }, { input: ["a", "b"] }, "m"))
    expect(read([[1]])).toContain("2 vectors, and not 1")
    expect(read([[1], ["x"]])).toContain("embeddings.float[1][0] must be a number")
    expect(read(undefined)).toContain("embeddings.float must be a list")
  })

  test("carry dimensions, purpose and title wherever there is a place for them, and else say so", () => {
    const request = { taskType: "RETRIEVAL_QUERY", title: "t", outputDimensionality: 4, autoTruncate: true }
    const asked = { content: { parts: [{ text: "a" }, { text: "b" }] }, ...request }
    expect(written(translation("gemini", "embeddings", "cohere"), asked)).toEqual({
      body: {
        model: "m",
        texts: ["a\nb"],
        input_type: "search_query",
        embedding_types: ["float"],
        output_dimension: 4,
      },
      lost: ["title", "autoTruncate"],
    })
    expect(written(translation("gemini", "embeddings", "openai-chat"), asked)).toEqual({
      body: { model: "m", input: ["a\nb"], dimensions: 4 },
      lost: ["purpose", "title", "autoTruncate"],
    })
    expect(written(translation("gemini", "embeddings", "gemini"), asked)).toEqual({
      body: { requests: [{ ...asked, model: "models/m" }] },
      lost: [],
    })
    const openai = { model: "x", input: "a", input_type: "search_query", user: "u", dimensions: 4 }
    expect(written(translation("openai-chat", "embeddings", "gemini"), openai)).toEqual({
      body: {
        requests: [
          {
            model: "models/m",
            content: { parts: [{ text: "a" }] },
            outputDimensionality: 4,
            taskType: "RETRIEVAL_QUERY",
          },
        ],
      },
      lost: ["user"],
    })
    const odd = { ...openai, input_type: "odd" }
    expect(written(translation("openai-chat", "embeddings", "cohere"), odd).lost).toEqual(["user", "input_type"])
    const similar = { ...asked, taskType: "SEMANTIC_SIMILARITY" }
    expect(written(translation("gemini", "embeddings", "cohere"), similar).lost).toContain("purpose")
  })

  test("of Titan are asked one text a call", () => {
    const it = translation("openai-chat", "embeddings", "bedrock")
    const titan = "amazon.titan-embed-text-v2:0"
    expect(written(it, { input: ["a"], dimensions: 256 }, titan).body).toEqual({ inputText: "a", dimensions: 256 })
    expect(faultOf(() => written(it, { input: ["a", "b"] }, titan))).toContain("input must be one text")
    expect(it.read({ embedding: [1, 2], inputTextTokenCount: 3 }, { input: "a" }, "t")).toMatchObject({
      told: { data: [{ embedding: [1, 2] }], usage: { prompt_tokens: 3 } },
      usage: { input: 3 },
    })
  })

  test("are faults with a place where the request is no such request", () => {
    const openai = translation("openai-chat", "embeddings", "cohere")
    const gemini = translation("gemini", "embeddings", "cohere")
    const of = (it: Translation, body: JsonObject) => faultOf(() => written(it, body))
    expect(of(openai, {})).toBe("input must be a text or a list of at least one text")
    expect(of(openai, { input: ["a", 1] })).toBe("input[1] must be a text")
    expect(of(openai, { input: "a", encoding_format: "hex" })).toBe('encoding_format must be one of "float", "base64"')
    expect(of(openai, { input: [[1, "a"]] })).toBe("input[0][1] must be a number")
    expect(of(openai, { input: [1, 2] })).toStartWith("input must be a text or a list of texts")
    expect(of(gemini, {})).toBe("content must be a content with parts")
    expect(of(gemini, { requests: [] })).toBe("requests must be an array of at least one request")
    const content = { parts: [{ text: "a" }] }
    expect(of(gemini, { requests: [{ content }, { content, title: "t" }] })).toStartWith("requests[1].title must be as")
  })
})

describe("rerank", () => {
  const asked = {
    model: "x",
    query: "q",
    documents: ["a", { text: "b", title: "t" }],
    top_n: 1,
    return_documents: true,
  }

  test("is told to Voyage with its own name of the limit, and read from `data`", () => {
    const it = translation("openai-chat", "rerank", "openai-chat", "top-k")
    expect(written(it, { ...asked, priority: 1, truncation: true })).toEqual({
      body: { model: "m", query: "q", documents: ["a", "b"], top_k: 1, return_documents: true, truncation: true },
      lost: ["documents[].title", "priority"],
    })
    const data = [{ index: 1, relevance_score: 0.5, document: "b" }]
    expect(it.read({ object: "list", data, model: "rerank-2", usage: { total_tokens: 9 } }, asked, "alias")).toEqual({
      told: {
        object: "list",
        model: "alias",
        usage: { total_tokens: 9 },
        results: [{ index: 1, relevance_score: 0.5, document: { text: "b" } }],
      },
      usage: { ...NO_USAGE, input: 9 },
    })
  })

  test("passes as it is to a provider that speaks Jina's", () => {
    expect(translationFor("openai-chat", "rerank", { format: "openai-chat", quirks: {} })).toBeUndefined()
  })

  test("is an answer only where each result names a document that was asked", () => {
    const it = translation("openai-chat", "rerank", "cohere")
    const read = (results: JsonObject[string]) => faultOf(() => it.read({ results }, asked, "m"))
    expect(read([{ index: 2, relevance_score: 1 }])).toContain("results[0].index")
    expect(read([{ index: 0 }])).toContain("results[0].relevance_score")
    expect(read(undefined)).toContain("results must be")
  })

  test("is a fault with a place where the request is no such request", () => {
    const it = translation("openai-chat", "rerank", "cohere")
    const of = (body: JsonObject) => faultOf(() => written(it, body))
    expect(of({ ...asked, documents: [1] })).toBe("documents[0] must be a text, or an object with a text")
    expect(of({ ...asked, documents: [] })).toBe("documents must be an array of at least one document")
    expect(of({ ...asked, query: 1 })).toBe("query must be a text")
    expect(of({ ...asked, top_n: 0 })).toBe("top_n must be a whole number from 1")
  })
})
