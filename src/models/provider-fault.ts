import type { ProviderError } from "./form/answer.ts"

/** What can go wrong with a provider that was reached. Each has a cause of the same name under `src/causes/provider/`. */
export const PROVIDER_FAULTS = [
  "key-refused", // 401: our key is wrong, expired or withdrawn
  "forbidden", // 403: our key may not do this
  "model-unknown", // 404: the provider knows no such model, or no such address
  "request-refused", // 400, 405, 409, 413, 415, 422: the request itself
  "content-refused", // its content filter would not take the request
  "credit-spent", // 402, or 429 that says the account has no money left
  "rate-limited", // 429
  "too-slow", // 408, 504, or a limit of the gateway's own passed
  "overloaded", // 503, 529
  "failed", // 500, 502 and whatever else
  "not-an-answer", // HTML, JSON cut short, or an answer of another format
  "cut", // a stream that ended before its end
] as const
export type ProviderFaultCode = (typeof PROVIDER_FAULTS)[number]

/** A failure of a provider, as it is decided and told. */
export interface ProviderFault {
  readonly code: ProviderFaultCode
  /** The provider's status; 0 where it gave none. */
  readonly status: number
  /** For whom the fault's cause says it: the provider's own words, or what was seen of its answer. Without our credentials. */
  readonly seen: string
  /** For how many milliseconds the provider asks to be left alone. */
  readonly retryAfter?: number
  readonly error?: ProviderError
}

/** What the error's type and code stand for, where they tell more than the status does. */
const BY_TYPE: ReadonlyMap<string, ProviderFaultCode> = new Map([
  ["authentication_error", "key-refused"],
  ["invalid_api_key", "key-refused"],
  ["UNAUTHENTICATED", "key-refused"],
  ["UnrecognizedClientException", "key-refused"],
  ["InvalidSignatureException", "key-refused"],
  ["ExpiredTokenException", "key-refused"],
  ["permission_error", "forbidden"],
  ["PERMISSION_DENIED", "forbidden"],
  ["AccessDeniedException", "forbidden"],
  ["not_found_error", "model-unknown"],
  ["model_not_found", "model-unknown"],
  ["NOT_FOUND", "model-unknown"],
  ["DeploymentNotFound", "model-unknown"],
  ["ResourceNotFoundException", "model-unknown"],
  ["content_filter", "content-refused"],
  ["content_policy_violation", "content-refused"],
  ["insufficient_quota", "credit-spent"],
  ["billing_error", "credit-spent"],
  ["rate_limit_error", "rate-limited"],
  ["rate_limit_exceeded", "rate-limited"],
  ["RESOURCE_EXHAUSTED", "rate-limited"],
  ["ThrottlingException", "rate-limited"],
  ["ServiceQuotaExceededException", "rate-limited"],
  ["timeout_error", "too-slow"],
  ["DEADLINE_EXCEEDED", "too-slow"],
  ["ModelTimeoutException", "too-slow"],
  ["overloaded_error", "overloaded"],
  ["UNAVAILABLE", "overloaded"],
  ["ServiceUnavailableException", "overloaded"],
  ["ModelNotReadyException", "overloaded"],
  ["invalid_request_error", "request-refused"],
  ["INVALID_ARGUMENT", "request-refused"],
  ["FAILED_PRECONDITION", "request-refused"],
  ["ValidationException", "request-refused"],
  ["api_error", "failed"],
  ["server_error", "failed"],
  ["INTERNAL", "failed"],
  ["InternalServerException", "failed"],
  ["ModelStreamErrorException", "failed"],
])
/** OpenAI says so with the status it uses for bad requests; its type is that of all of them. */
const TELLING = new Set(["request-refused", "failed", "rate-limited"])

/** Which fault an error is: by its code, its status, and by its type where the status says little. */
export function faultCodeOf({ status, type, code }: ProviderError): ProviderFaultCode {
  const byCode = code === undefined ? undefined : BY_TYPE.get(code)
  if (byCode !== undefined && !TELLING.has(byCode)) return byCode
  const byType = type === undefined ? undefined : (BY_TYPE.get(type) ?? BY_TYPE.get(capitalised(type)))
  const byStatus = ofStatus(status)
  if (byType !== undefined && TELLING.has(byStatus)) return byType
  return byStatus
}

/** AWS writes its exceptions so in whole answers, and with a small letter in streams. */
const capitalised = (type: string): string => type.charAt(0).toUpperCase() + type.slice(1)

function ofStatus(status: number): ProviderFaultCode {
  switch (status) {
    case 401:
      return "key-refused"
    case 402:
      return "credit-spent"
    case 403:
      return "forbidden"
    case 404:
      return "model-unknown"
    case 408:
    case 504:
      return "too-slow"
    // AWS for a model that failed, not for a request that is wrong.
    case 424:
      return "failed"
    case 429:
      return "rate-limited"
    case 503:
    case 529:
      return "overloaded"
    default:
      return status >= 400 && status < 500 ? "request-refused" : "failed"
  }
}

/** Whether the same request may pass at the same target a little later. */
export const mayPass = (code: ProviderFaultCode): boolean =>
  code === "failed" || code === "overloaded" || code === "too-slow" || code === "not-an-answer" || code === "cut"

/** Whether another target may take what this one did not: all but what is wrong with the request wherever it goes. */
export const mayPassElsewhere = (code: ProviderFaultCode): boolean =>
  code !== "request-refused" && code !== "content-refused"

/** Whose fault it is lies with the key rather than with the target: another key of the pool may do. */
export const isOfKey = (code: ProviderFaultCode): boolean =>
  code === "key-refused" || code === "credit-spent" || code === "rate-limited"

/** Milliseconds, of `Retry-After` (RFC 9110 §10.2.3: seconds or a date) or of `retry-after-ms` (OpenAI, Azure). */
export function retryAfter(
  value: string | undefined,
  milliseconds: string | undefined,
  now: number,
): number | undefined {
  if (milliseconds !== undefined && /^\d{1,10}(?:\.\d+)?$/.test(milliseconds)) return Math.ceil(Number(milliseconds))
  if (value === undefined) return undefined
  if (/^\d{1,10}(?:\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
