import type { ToldError } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { JsonObject } from "../json.ts"

/** Error types of OpenAI's API by status, so that its SDKs raise the exception they would raise for OpenAI. */
function typeOf(status: number): string {
  if (status === 401) return "authentication_error"
  if (status === 403) return "permission_error"
  if (status === 429) return "rate_limit_error"
  return status >= 500 ? "server_error" : "invalid_request_error"
}

/**
 * OpenAI's error object. SDKs keep the whole of it, so the facts of a refusal stand inside it, beside the four members the
 * dialect has; `code` is the cause.
 */
export const writeError = ({ status, message, code, param, type, facts }: ToldError): JsonObject => ({
  error: { message, type: type ?? typeOf(status), param: param ?? null, code, ...facts },
})

/** A provider's failure in the middle of a stream. */
export const writeStreamError = ({ status, message, type, code, param }: ProviderError): JsonObject => ({
  error: { message, type: type ?? typeOf(status), param: param ?? null, code: code ?? null },
})
