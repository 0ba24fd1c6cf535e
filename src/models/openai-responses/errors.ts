import type { ToldError } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"

/** Error types of OpenAI's API by status, which its SDKs and callers tell errors apart by. */
function typeOf(status: number): string {
  if (status === 401) return "authentication_error"
  if (status === 403) return "permission_error"
  if (status === 429) return "rate_limit_error"
  return status >= 500 ? "server_error" : "invalid_request_error"
}

/** The error object of OpenAI's APIs; its SDKs keep all of it, so the facts stand in it. */
export function writeErrorObject({ status, message, code, param, type, facts }: ToldError): JsonObject {
  return { message, type: type ?? typeOf(status), param: param ?? null, code, ...facts }
}

/** What an answer with an error status says; some who speak this dialect have a text for the object. */
export function readError(status: number, body: JsonObject | undefined): ProviderError {
  if (body === undefined) return { status, message: "" }
  const error = objectOf(body.error) ?? body
  return readErrorObject(status, error, textOf(body.error))
}

/** An error inside a stream, or of a failed response. */
export function readStreamError(error: JsonObject | undefined): ProviderError {
  if (error === undefined) return { status: 502, message: "" }
  return readErrorObject(statusOf(textOf(error.code) ?? textOf(error.type) ?? ""), error)
}

function readErrorObject(status: number, error: JsonObject, text?: string): ProviderError {
  const type = textOf(error.type)
  const code = textOf(error.code)
  const param = textOf(error.param)
  return {
    status,
    message: text ?? textOf(error.message) ?? textOf(error.detail) ?? "",
    // The event itself has the type `error`, where its members stand in it.
    ...(type === undefined || type === "error" ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    raw: error,
  }
}

function statusOf(code: string): number {
  switch (code) {
    case "rate_limit_exceeded":
    case "rate_limit_error":
    case "insufficient_quota":
    case "too_many_requests":
      return 429
    case "server_error":
      return 500
    case "server_is_overloaded":
    case "slow_down":
      return 503
    case "authentication_error":
    case "invalid_api_key":
      return 401
    case "permission_error":
      return 403
    case "invalid_prompt":
    case "invalid_request_error":
    case "context_length_exceeded":
      return 400
    default:
      return code.startsWith("invalid_") || code.includes("image") ? 400 : 502
  }
}
