import type { ProviderError } from "../form/answer.ts"
import type { EventHeaders } from "../framing/event-stream.ts"
import { type JsonObject, parseObject, textOf } from "../json.ts"

/** Exceptions of `ConverseStreamOutput` by the status their HTTP answers have. */
const STATUS: { readonly [type: string]: number } = {
  validationException: 400,
  accessDeniedException: 403,
  resourceNotFoundException: 404,
  modelTimeoutException: 408,
  modelErrorException: 424,
  modelStreamErrorException: 424,
  throttlingException: 429,
  modelNotReadyException: 429,
  serviceQuotaExceededException: 400,
  internalServerException: 500,
  serviceUnavailableException: 503,
}

/** The type stands in the header `x-amzn-errortype`, and only with some services in the body too. */
export function readError(status: number, body: JsonObject | undefined): ProviderError {
  const message = textOf(body?.message) ?? textOf(body?.Message) ?? ""
  const type = textOf(body?.__type)?.split("#").at(-1)
  return {
    status,
    message,
    ...(type === undefined ? {} : { type }),
    ...(body === undefined ? {} : { raw: body }),
  }
}

/** A message of the type `exception`, which the service meant, or `error`, which it did not. */
export function readStreamError(headers: EventHeaders, payload: string): ProviderError {
  const type = headers.get(":exception-type") ?? headers.get(":error-code") ?? "unknownError"
  const body = parseObject(payload)
  const message = textOf(body?.message) ?? textOf(body?.Message) ?? headers.get(":error-message") ?? ""
  const told = { status: STATUS[type.charAt(0).toLowerCase() + type.slice(1)] ?? 502, message, type }
  return body === undefined ? told : { ...told, raw: body }
}
