import { z } from "zod"
import { completionsReply } from "./completions.fixture.ts"
import { embedding } from "./embedding.fixture.ts"
import { formOf } from "./form.fixture.ts"
import { openaiHeaders, openaiUnparsed, openaiWording } from "./openai-error.fixture.ts"
import { ranked } from "./rerank.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import { bodyOf, json, Refused, type Turn } from "./wire.fixture.ts"

/** Source: OpenAI API reference, "Embeddings", "Images", "Audio", "Moderations", "Models"; Jina AI's "Reranker API". */
const embeddingsRequest = z.strictObject({
  model: z.string().default(""),
  input: z.union([
    z.string().min(1),
    z.array(z.string()).min(1),
    z.array(z.number()).min(1),
    z.array(z.array(z.number())),
  ]),
  encoding_format: z.enum(["float", "base64"]).optional(),
  dimensions: z.number().int().min(1).optional(),
  user: z.string().optional(),
})
const imagesRequest = z.strictObject({
  model: z.string().default("gpt-image-1"),
  prompt: z.string(),
  n: z.number().int().min(1).max(10).nullish(),
  size: z.string().nullish(),
  quality: z.string().nullish(),
  background: z.string().nullish(),
  moderation: z.string().nullish(),
  output_compression: z.number().nullish(),
  output_format: z.string().nullish(),
  response_format: z.string().nullish(),
  style: z.string().nullish(),
  user: z.string().optional(),
})
const speechRequest = z.strictObject({
  model: z.string().min(1),
  input: z.string().max(4096),
  voice: z.union([z.string(), z.strictObject({ id: z.string() })]),
  instructions: z.string().optional(),
  response_format: z.enum(["mp3", "opus", "aac", "flac", "wav", "pcm"]).optional(),
  speed: z.number().min(0.25).max(4).optional(),
  stream_format: z.enum(["sse", "audio"]).optional(),
})
const moderationsRequest = z.strictObject({
  model: z.string().optional(),
  input: z.union([z.string(), z.array(z.union([z.string(), z.looseObject({ type: z.string() })]))]),
})
const rerankRequest = z.strictObject({
  model: z.string().min(1),
  query: z.string().min(1),
  documents: z.array(z.union([z.string(), z.strictObject({ text: z.string() })])).min(1),
  top_n: z.number().int().min(1).optional(),
  return_documents: z.boolean().optional(),
})

/** What stands beside chat completions. `model`: the one that the path names, as at Azure. */
export function openaiMore(heard: Heard, turn: Turn, path = heard.path, model?: string): Reply {
  const headers = openaiHeaders(turn.serial)
  const read = <T>(schema: z.ZodType<T>): T => bodyOf(heard, schema, openaiWording, openaiUnparsed)
  switch (`${heard.method} ${path}`) {
    case "GET /v1/models":
      return json(200, headers, { object: "list", data: models })
    case "POST /v1/completions":
      return completionsReply(heard, turn, model)
    case "POST /v1/embeddings": {
      const request = read(embeddingsRequest)
      return json(200, headers, embeddings(turn, { ...request, model: model ?? request.model }))
    }
    case "POST /v1/images/generations": {
      const request = read(imagesRequest)
      turn.meet(model ?? request.model)
      const data = Array.from({ length: request.n ?? 1 }, () => ({ b64_json: onePixel }))
      const usage = {
        input_tokens: 10,
        output_tokens: 20,
        total_tokens: 30,
        input_tokens_details: { text_tokens: 10, image_tokens: 0 },
      }
      return json(200, headers, { created: 1_790_000_000, data, usage })
    }
    case "POST /v1/audio/speech": {
      const request = read(speechRequest)
      turn.meet(model ?? request.model)
      const type = request.response_format === "wav" ? "audio/wav" : "audio/mpeg"
      return {
        kind: "whole",
        status: 200,
        headers: { ...headers, "content-type": type },
        body: `spoken: ${request.input}`,
      }
    }
    case "POST /v1/audio/transcriptions":
      return transcription(heard, turn, headers, model)
    case "POST /v1/moderations": {
      const request = read(moderationsRequest)
      turn.meet(request.model ?? "omni-moderation-latest")
      const texts = typeof request.input === "string" ? [request.input] : request.input.map((it) => JSON.stringify(it))
      const id = `modr-${turn.serial}`
      return json(200, headers, { id, model: request.model ?? "omni-moderation-latest", results: texts.map(moderated) })
    }
    case "POST /v1/rerank": {
      const request = read(rerankRequest)
      turn.meet(request.model)
      const results = ranked(request.query, request.documents, request.top_n, request.return_documents ?? true)
      return json(200, headers, { model: request.model, object: "list", usage: { total_tokens: 10 }, results })
    }
    default:
      throw new Refused({
        status: 404,
        message: `Invalid URL (${heard.method} ${path})`,
        type: "invalid_request_error",
      })
  }
}

function embeddings(turn: Turn, request: z.infer<typeof embeddingsRequest>): unknown {
  const { model, input, encoding_format: encoding, dimensions } = request
  if (model === "") throw new Refused({ status: 400, message: "you must provide a model parameter" })
  turn.meet(model)
  const several = Array.isArray(input) && typeof input[0] !== "number"
  const texts: readonly unknown[] = several ? input : [input]
  const data = texts.map((text, index) => {
    const numbers = embedding(typeof text === "string" ? text : JSON.stringify(text), dimensions)
    const bytes = Buffer.from(Float32Array.from(numbers).buffer)
    return { object: "embedding", index, embedding: encoding === "base64" ? bytes.toString("base64") : numbers }
  })
  const tokens = texts.join(" ").split(/\s+/).length
  return { object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } }
}

function transcription(heard: Heard, turn: Turn, headers: Readonly<Record<string, string>>, named?: string): Reply {
  const form = formOf(heard)
  const model = named ?? form.get("model")?.body.toString()
  const file = form.get("file")
  if (model === undefined) throw new Refused({ status: 400, message: "you must provide a model parameter" })
  if (file === undefined) throw new Refused({ status: 400, message: "file: Field required", param: "file" })
  turn.meet(model)
  const text = `I hear ${file.body.length} bytes named ${file.filename ?? "nothing"}.`
  const format = form.get("response_format")?.body.toString() ?? "json"
  if (format === "text")
    return { kind: "whole", status: 200, headers: { ...headers, "content-type": "text/plain" }, body: `${text}\n` }
  const details = { text_tokens: 0, audio_tokens: 14 }
  const usage = { type: "tokens", input_tokens: 14, input_token_details: details, output_tokens: 8, total_tokens: 22 }
  return json(200, headers, { text, usage })
}

const categories = ["harassment", "hate", "illicit", "self-harm", "sexual", "violence"]

/** Violence is where the text says "harm". */
function moderated(text: string) {
  const flagged = text.includes("harm")
  const of = <T>(hit: T, rest: T) =>
    Object.fromEntries(categories.map((it) => [it, flagged && it === "violence" ? hit : rest]))
  const category_applied_input_types = Object.fromEntries(categories.map((it) => [it, ["text"]]))
  return { flagged, categories: of(true, false), category_scores: of(0.97, 0.01), category_applied_input_types }
}

const models = ["gpt-scripted", "gpt-scripted-mini", "text-embedding-scripted"].map((id) => ({
  id,
  object: "model",
  created: 1_790_000_000,
  owned_by: "system",
}))

/** A PNG of one pixel. */
export const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
