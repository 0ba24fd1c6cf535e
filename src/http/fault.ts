/** What can be wrong with a request on the wire. Each has a cause of the same name under `src/causes/wire/`. */
export const REQUEST_FAULTS = [
  "request-line", // not `METHOD target HTTP/1.x`, or bytes that no request line may hold
  "version", // not HTTP/1.0 or HTTP/1.1
  "target", // neither origin-form, absolute-form (http, https) nor `*`; or CONNECT
  "path-encoding", // a bad percent escape, a NUL, or bytes that are not UTF-8 once decoded
  "path-ambiguous", // a `.` or `..` segment, plain or encoded; a backslash
  "field-name", // not a token (RFC 9110 §5.6.2), or blanks before the colon
  "field-value", // a control character
  "field-folded", // obs-fold (RFC 9112 §5.2)
  "line-feed", // a line that ends in LF without CR, or a CR alone
  "host", // missing in HTTP/1.1, sent twice, or not a host
  "length-invalid", // Content-Length is not a whole number below 2^53
  "length-conflict", // Content-Length more than once, the same or not
  "length-and-coding", // Content-Length beside Transfer-Encoding
  "coding", // Transfer-Encoding other than one `chunked`, or any in HTTP/1.0
  "head-too-large", // more bytes or more fields than the limits allow
  "target-too-long",
  "chunk", // a chunk size, its end, or a trailer that does not parse
  "slow-head", // the head did not arrive in time
  "slow-body", // the body stalled
  "cut", // the client ended the connection inside its request
] as const
export type RequestFaultCode = (typeof REQUEST_FAULTS)[number]

/** What can go wrong between the gateway and an upstream. Each has a cause of the same name under `src/causes/upstream/`. */
export const UPSTREAM_FAULTS = [
  "unreachable", // refused, no route, or the name does not resolve
  "connect-timeout",
  "tls", // the handshake failed
  "reset", // the connection ended before an answer began
  "timeout", // no answer began in time
  "malformed", // the answer is not HTTP/1.x, or its framing contradicts itself
  "cut", // the answer began and the connection ended before its body did
  "stalled", // the answer began and then no byte came in time
] as const
export type UpstreamFaultCode = (typeof UPSTREAM_FAULTS)[number]

export interface Fault<Code extends string> {
  readonly code: Code
  /**
   * What was seen, for the explanation: printable ASCII only, at most 80 characters, and never the value of a field
   * that may hold a credential (say the field's name instead).
   */
  readonly seen: string
}
export type RequestFault = Fault<RequestFaultCode>
export type UpstreamFault = Fault<UpstreamFaultCode>
