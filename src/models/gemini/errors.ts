import type { ToldError } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import { type JsonObject, listOf, numberOf, objectOf, textOf } from "../json.ts"

/** https://cloud.google.com/apis/design/errors#handling_errors */
function statusName(status: number): string {
  switch (status) {
    case 401:
      return "UNAUTHENTICATED"
    case 403:
      return "PERMISSION_DENIED"
    case 404:
      return "NOT_FOUND"
    case 409:
      return "ABORTED"
    case 429:
      return "RESOURCE_EXHAUSTED"
    case 499:
      return "CANCELLED"
    case 501:
      return "UNIMPLEMENTED"
    case 503:
      return "UNAVAILABLE"
    case 408:
    case 504:
      return "DEADLINE_EXCEEDED"
    default:
      return status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT"
  }
}

/**
 * Google's error object. Its SDKs keep the whole body as the message; the facts stand among the details, where clients look for
 * what a program can read (`google.rpc.ErrorInfo`).
 */
export function writeError({ status, message, code, param, type, facts }: ToldError): JsonObject {
  const info = { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: code, domain: "pinpoint", ...facts }
  const violation = {
    "@type": "type.googleapis.com/google.rpc.BadRequest",
    fieldViolations: [{ field: param, description: message }],
  }
  const details = param === undefined ? [info] : [info, violation]
  return { error: { code: status, message, status: type ?? statusName(status), details } }
}

export function readError(status: number, body: JsonObject | undefined): ProviderError {
  const error = objectOf(body?.error)
  if (error === undefined)
    return { status, message: textOf(body?.error) ?? textOf(body?.message) ?? "", ...rawOf(body) }
  const type = textOf(error.status)
  const details = listOf(error.details).map((it) => objectOf(it) ?? {})
  const code = details.map((it) => textOf(it.reason)).find((it) => it !== undefined)
  const violations = details.flatMap((it) => listOf(it.fieldViolations))
  const param = violations.map((it) => textOf(objectOf(it)?.field)).find((it) => it !== undefined)
  return {
    status,
    message: textOf(error.message) ?? "",
    ...(type === undefined ? {} : { type }),
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    raw: error,
  }
}

const rawOf = (body: JsonObject | undefined): Pick<ProviderError, "raw"> => (body === undefined ? {} : { raw: body })

/** An error inside a stream, which tells its status itself. */
export function readStreamError(body: JsonObject): ProviderError {
  const code = numberOf(objectOf(body.error)?.code)
  return readError(code !== undefined && code >= 400 && code < 600 ? Math.floor(code) : 502, body)
}
