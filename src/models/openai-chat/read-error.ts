import type { ProviderError } from "../form/answer.ts"
import { isList, type Json, type JsonObject, numberOf, objectOf, textOf } from "../json.ts"
import { compact } from "./compact.ts"

/** The status a type or code stands for, where an error in a stream has none. OpenAI's error codes and those of its kin. */
const STATUS: ReadonlyMap<string, number> = new Map([
  ["invalid_request_error", 400],
  ["BadRequestError", 400],
  ["context_length_exceeded", 400],
  ["content_filter", 400],
  ["authentication_error", 401],
  ["invalid_api_key", 401],
  ["permission_error", 403],
  ["permission_denied", 403],
  ["not_found_error", 404],
  ["model_not_found", 404],
  ["rate_limit_error", 429],
  ["rate_limit_exceeded", 429],
  ["insufficient_quota", 429],
  ["server_error", 500],
  ["internal_server_error", 500],
  ["api_error", 500],
  ["service_unavailable", 503],
  ["overloaded_error", 529],
])

/**
 * What an error body says: OpenAI's `{"error": {…}}`, `{"error": "…"}` (Ollama, Hugging Face), `{"message": …}` (Mistral, vLLM),
 * `{"detail": …}` (FastAPI: a text or the list of what did not validate), `{"errors": [{"message"}]}` (Cloudflare).
 */
export function readError(status: number, body: JsonObject | undefined): ProviderError {
  const inside = objectOf(body?.error)
  const told = inside ?? body ?? {}
  const type = textOf(told.type) ?? (inside === undefined ? undefined : textOf(inside.status))
  const code = codeOf(told.code)
  const param = textOf(told.param)
  return {
    status,
    message:
      textOf(told.message) ??
      textOf(body?.error) ??
      wordsOf(told.message) ??
      wordsOf(body?.detail) ??
      wordsOf(body?.errors) ??
      "",
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    ...(body === undefined ? {} : { raw: body }),
  }
}

function codeOf(value: Json | undefined): string | undefined {
  const number = numberOf(value)
  return number === undefined ? textOf(value) : String(number)
}

/** A text, or the first one in what was wrong: a list, or Mistral's `{"detail": […]}`. */
function wordsOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value
  if (value === undefined || value === null) return undefined
  const detail = objectOf(value)?.detail ?? value
  if (typeof detail === "string") return detail
  const first = objectOf(isList(detail) ? detail[0] : detail)
  return textOf(first?.message) ?? textOf(first?.msg) ?? compact(value)
}

/** Whether a chunk is an error: `{"error": …}`, or vLLM's `{"object": "error", "message": …}`. */
export const isError = (chunk: JsonObject): boolean =>
  (chunk.error !== undefined && chunk.error !== null) || chunk.object === "error"

/** An error inside a stream, whose HTTP status was 200 long ago. */
export function readStreamError(body: JsonObject | undefined): ProviderError {
  const error = readError(502, body)
  const told = objectOf(body?.error) ?? body
  const number = numberOf(told?.code) ?? numberOf(told?.status) ?? Number(textOf(told?.code) ?? Number.NaN)
  if (number >= 400 && number <= 599) return { ...error, status: number }
  return { ...error, status: STATUS.get(error.code ?? "") ?? STATUS.get(error.type ?? "") ?? 502 }
}
