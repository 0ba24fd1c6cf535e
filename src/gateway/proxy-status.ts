import type { Fields } from "../http/fields.ts"

/** Error types of RFC 9209 §2.3 for causes that have one of their own; every other refusal is `http_request_denied`. */
const TYPES: Readonly<Record<string, string>> = {
  "upstream/unreachable": "connection_refused",
  "upstream/connect-timeout": "connection_timeout",
  "upstream/tls": "tls_protocol_error",
  "upstream/reset": "connection_terminated",
  "upstream/timeout": "http_response_timeout",
  "upstream/malformed": "http_protocol_error",
  "upstream/cut": "http_response_incomplete",
  "upstream/stalled": "connection_read_timeout",
  "provider/key-refused": "proxy_configuration_error",
  "provider/forbidden": "proxy_configuration_error",
  "provider/model-unknown": "proxy_configuration_error",
  "provider/credit-spent": "destination_unavailable",
  "provider/overloaded": "destination_unavailable",
  "provider/failed": "destination_unavailable",
  "provider/rate-limited": "http_request_error",
  "provider/request-refused": "http_request_error",
  "provider/content-refused": "http_request_error",
  "provider/too-slow": "http_response_timeout",
  "provider/not-an-answer": "http_protocol_error",
  "provider/cut": "http_response_incomplete",
  "internal/fault": "proxy_internal_error",
  "internal/unreadable": "proxy_internal_error",
}

/** Says that the gateway refused, and why (RFC 9209). */
export function refusedStatus(cause: string): string {
  const type = TYPES[cause] ?? (cause.startsWith("wire/") ? "http_request_error" : "http_request_denied")
  return `pinpoint; error=${type}; details="${cause}"`
}

/** Says that the upstream refused and the gateway only passes it on. */
export const receivedStatus = (status: number): string => `pinpoint; received-status=${status}`

/** What proxies behind the gateway said, as lines. Whoever names itself as the gateway would be taken for it, so it is left out. */
export function innerStatus(fields: Fields): string {
  if (!fields.names.includes("proxy-status")) return ""
  const kept = fields.all("proxy-status").filter((it) => !it.toLowerCase().includes("pinpoint"))
  return kept.map((it) => `Proxy-Status: ${it}\r\n`).join("")
}
