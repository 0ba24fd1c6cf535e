import type { Dialect, Inbound } from "./codec.ts"
import type { Operation } from "./provider.ts"

/** What is asked of a model, as far as the address says it. */
export interface Wanted {
  /** Empty for an address that says something no model can be asked for. */
  readonly operation: Operation | "batchEmbeddings" | ""
  /** Where the address names the model. */
  readonly model?: string
  /** Where the address says whether the answer is streamed. */
  readonly stream?: boolean
}

/** An address at which models are asked for something. */
export interface Endpoint {
  /** The route's id. */
  readonly id: string
  readonly path: string
  /** What errors are told in, and how chats are read. */
  readonly dialect: Dialect
  readonly body: "json" | "multipart"
  /** What it is for; undefined where the rest of the address says it. */
  readonly operation: Operation | undefined
  /** A way to ask one model that is no dialect of a provider's. Its refusals are problem documents. */
  readonly own?: { readonly inbound: Inbound; readonly model: string }
}

const openai = (id: string, path: string, operation: Operation): Endpoint => ({
  id: `models.${id}`,
  path,
  dialect: "openai-chat",
  body: "json",
  operation,
})

/** Every address, in the order of documentation. Official SDKs put them behind their base address. */
export const ENDPOINTS: readonly Endpoint[] = [
  openai("chat", "/v1/chat/completions", "chat"),
  { ...openai("responses", "/v1/responses", "responses"), dialect: "openai-responses" },
  { ...openai("completions", "/v1/completions", "completions"), dialect: "openai-completions" },
  openai("embeddings", "/v1/embeddings", "embeddings"),
  openai("images", "/v1/images/generations", "images"),
  openai("speech", "/v1/audio/speech", "speech"),
  { ...openai("transcription", "/v1/audio/transcriptions", "transcription"), body: "multipart" },
  openai("moderations", "/v1/moderations", "moderations"),
  openai("rerank", "/v1/rerank", "rerank"),
  openai("rerank-2", "/v2/rerank", "rerank"),
  { ...openai("messages", "/v1/messages", "chat"), dialect: "anthropic" },
  { ...openai("count-tokens", "/v1/messages/count_tokens", "countTokens"), dialect: "anthropic" },
  { id: "models.gemini", path: "/v1beta/models/*", dialect: "gemini", body: "json", operation: undefined },
]

const GEMINI = "/v1beta/models/"

/** What a request to an endpoint wants, by its address. */
export function wantedOf({ operation, own }: Endpoint, path: string): Wanted {
  if (operation !== undefined && own !== undefined) return { operation, model: own.model }
  if (operation !== undefined) return { operation }
  const rest = path.slice(GEMINI.length)
  const colon = rest.lastIndexOf(":")
  const model = decodedName(colon < 0 ? rest : rest.slice(0, colon))
  switch (colon < 0 ? "" : rest.slice(colon + 1)) {
    case "generateContent":
      return { operation: "chat", model, stream: false }
    case "streamGenerateContent":
      return { operation: "chat", model, stream: true }
    case "countTokens":
      return { operation: "countTokens", model }
    case "embedContent":
      return { operation: "embeddings", model }
    case "batchEmbedContents":
      return { operation: "batchEmbeddings", model }
    default:
      return { operation: "", model }
  }
}

/** A name in an address may be percent-encoded; the HTTP layer has refused what cannot be decoded. */
const decodedName = (name: string): string => (name.includes("%") ? decodeURIComponent(name) : name)
