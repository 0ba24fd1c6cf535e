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
export function errorBody(
  status: number,
  message: string,
  code: string,
  facts: Readonly<Record<string, unknown>>,
): string {
  const param = code.startsWith("model/not") ? "model" : null
  return JSON.stringify({ error: { message, type: typeOf(status), param, code, ...facts } })
}
