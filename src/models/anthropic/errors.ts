import type { ToldError } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import { type JsonObject, objectOf, textOf } from "../json.ts"

/** Anthropic's page "Errors" and `ErrorObject` of the SDK. */
const STATUS: { readonly [type: string]: number } = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

function typeOf(status: number): string {
  const found = Object.entries(STATUS).find(([, it]) => it === status)
  if (found !== undefined) return found[0]
  if (status === 408) return "timeout_error"
  if (status === 503) return "overloaded_error"
  return status >= 500 ? "api_error" : "invalid_request_error"
}

/** `ErrorResponse` of the SDK, which keeps the whole of it: the facts of a refusal stand inside `error`. */
export function writeError({ status, message, code, param, type, facts }: ToldError): JsonObject {
  const error = { type: type ?? typeOf(status), message, code, ...(param === undefined ? {} : { param }), ...facts }
  return { type: "error", error, request_id: null }
}

/** An error of the provider inside a stream, as the dialect has it. */
export function writeStreamError({ status, message, type, code, param }: ProviderError): JsonObject {
  const isOwn = type !== undefined && type in STATUS
  return {
    type: "error",
    error: {
      type: isOwn ? type : typeOf(status),
      message,
      ...(code === undefined ? (isOwn || type === undefined ? {} : { code: type }) : { code }),
      ...(param === undefined ? {} : { param }),
    },
    request_id: null,
  }
}

/** Providers that speak the format may leave out the envelope, or have texts for errors. */
export function readError(status: number, body: JsonObject | undefined): ProviderError {
  const error = objectOf(body?.error)
  const message = textOf(error?.message) ?? textOf(body?.message) ?? textOf(body?.error) ?? ""
  const type = textOf(error?.type)
  const code = textOf(error?.code)
  const param = textOf(error?.param)
  return {
    status,
    message,
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    ...(body === undefined ? {} : { raw: body }),
  }
}

/** An `error` event. */
export const readStreamError = (body: JsonObject): ProviderError =>
  readError(STATUS[textOf(objectOf(body.error)?.type) ?? ""] ?? 502, body)
