import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireHost = cause({
  code: "wire/host",
  status: 400,
  title: "The `Host` field is missing, doubled or not a host",
  why: "The host decides which service is meant. Where it is missing or given twice, two servers on the way may choose two services.",
  explain: ([it]) => `A request of HTTP/1.1 names exactly one host (RFC 9112, section 3.2).${seen(it)}`,
  fix: [{ by: "caller", does: "Send one `Host` field with a host name and, if need be, a port" }],
})
