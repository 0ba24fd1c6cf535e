import { embedding } from "./embedding.fixture.ts"
import { generateChunks, generated } from "./gemini.answer.fixture.ts"
import {
  batchEmbedRequest,
  countRequest,
  embedRequest,
  generateAsked,
  generateRequest,
} from "./gemini.request.fixture.ts"
import { sse } from "./pieces.fixture.ts"
import { usageOf } from "./script.fixture.ts"
import type { Heard, Reply } from "./server.fixture.ts"
import {
  bodyOf,
  json,
  type Problem,
  providerKey,
  Refused,
  stream,
  type Turn,
  type Wire,
  type Wording,
} from "./wire.fixture.ts"

/**
 * Gemini: `/v1beta/models/{model}:generateContent`, `:streamGenerateContent` (server-sent events with `alt=sse`, else one
 * JSON array in pieces), `:countTokens`, `:embedContent`, `:batchEmbedContents`; `/v1beta/models`. Vertex' paths
 * (`/v1/projects/.../publishers/google/models/{model}:...`) as well, with a bearer token.
 * Source: Gemini API reference; error shape: google.rpc.Status (Google API design guide, "Errors").
 */
export const gemini: Wire = {
  answer: (heard, turn) => {
    const { headers, query, path, method } = heard
    const key =
      headers.get("x-goog-api-key") ?? query.get("key") ?? headers.get("authorization")?.replace("Bearer ", "")
    if (key === undefined)
      throw new Refused({
        status: 403,
        message:
          "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
      })
    if (key !== providerKey)
      throw new Refused({
        status: 400,
        message: "API key not valid. Please pass a valid API key.",
        type: "API_KEY_INVALID",
      })
    if (path === "/v1beta/models" && method === "GET") return json(200, headersOf, models)
    const [, model = "", verb = ""] =
      /^\/(?:v1|v1beta)\/(?:.*\/)?models\/([^/:]+):(\w+)$/.exec(decodeURIComponent(path)) ?? []
    if (model === "" || method !== "POST")
      throw new Refused({ status: 404, message: "Requested entity was not found." })
    turn.meet(model)
    return verbReply(verb, model, heard, turn)
  },
  refuse: (problem) => json(problem.status, { ...headersOf, ...problem.headers }, errorOf(problem)),
  midstream: sse({
    error: { code: 503, message: "The model is overloaded. Please try again later.", status: "UNAVAILABLE" },
  }),
}

function verbReply(verb: string, model: string, heard: Heard, turn: Turn): Reply {
  switch (verb) {
    case "generateContent": {
      const asked = generateAsked(bodyOf(heard, generateRequest, wording, unparsed), model, false)
      return json(200, headersOf, generated(asked, turn.decide(asked), turn.serial))
    }
    case "streamGenerateContent": {
      const asked = generateAsked(bodyOf(heard, generateRequest, wording, unparsed), model, true)
      const chunks = generateChunks(asked, turn.decide(asked), turn.serial)
      if (heard.query.get("alt") === "sse") return stream("text/event-stream", headersOf, chunks.map(crlf))
      return stream("application/json; charset=UTF-8", headersOf, arrayOf(chunks))
    }
    case "countTokens": {
      const request = bodyOf(heard, countRequest, wording, unparsed)
      const { model: _, ...generate } = "contents" in request ? { ...request, model } : request.generateContentRequest
      const { input } = usageOf(generateAsked(generate, model, false), [], false)
      return json(200, headersOf, {
        totalTokens: input,
        promptTokensDetails: [{ modality: "TEXT", tokenCount: input }],
      })
    }
    case "embedContent": {
      const { content, outputDimensionality } = bodyOf(heard, embedRequest, wording, unparsed)
      return json(200, headersOf, { embedding: { values: embedding(textOf(content), outputDimensionality) } })
    }
    case "batchEmbedContents": {
      const { requests } = bodyOf(heard, batchEmbedRequest, wording, unparsed)
      const embeddings = requests.map((it) => ({ values: embedding(textOf(it.content), it.outputDimensionality) }))
      return json(200, headersOf, { embeddings })
    }
    default:
      throw new Refused({ status: 404, message: `Method ${verb} is not found for models/${model}.` })
  }
}

const textOf = ({ parts }: { readonly parts: readonly { readonly text?: string | undefined }[] }): string =>
  parts.map((it) => it.text ?? "").join("")

/** Google ends the lines of its events with CR LF. */
const crlf = (chunk: unknown): Uint8Array => Buffer.from(`data: ${JSON.stringify(chunk)}\r\n\r\n`)

const arrayOf = (chunks: readonly unknown[]): readonly Uint8Array[] =>
  chunks.map((it, at) => {
    const end = at === chunks.length - 1 ? "\n]\n" : ""
    return Buffer.from(`${at === 0 ? "[" : ",\r\n"}${JSON.stringify(it, null, 2)}${end}`)
  })

const headersOf = {
  "content-type": "application/json; charset=UTF-8",
  vary: "Origin, X-Origin, Referer",
  server: "scaffolding on HTTPServer2",
  "server-timing": "gfet4t7; dur=12",
}

function errorOf({ status, message, type, param }: Problem): unknown {
  const violations = [{ field: param, description: message }]
  const bad = { "@type": "type.googleapis.com/google.rpc.BadRequest", fieldViolations: violations }
  const info = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: type, domain: "googleapis.com" }
  const details = [...(param === undefined ? [] : [bad]), ...(type === undefined ? [] : [info])]
  const error = { code: status, message, status: kinds[status] ?? "INTERNAL", ...(details.length > 0 && { details }) }
  return { error }
}

const kinds: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  408: "DEADLINE_EXCEEDED",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
}

const wording: Wording = (place, issue, unknown) => {
  const path = place
    .map((it) => (typeof it === "number" ? `[${it}]` : `.${String(it)}`))
    .join("")
    .replace(/^\./, "")
  if (unknown.length === 0) return `Invalid value at '${path}': ${issue}`
  const at = path === "" ? "" : ` at '${path}'`
  return `Invalid JSON payload received. Unknown name "${unknown[0]}"${at}: Cannot find field.`
}

const unparsed = "Invalid JSON payload received. %s"

const models = {
  models: [
    {
      name: "models/gemini-scripted",
      version: "001",
      displayName: "Gemini Scripted",
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: ["generateContent", "countTokens"],
    },
  ],
}
