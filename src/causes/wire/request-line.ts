import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireRequestLine = cause({
  code: "wire/request-line",
  status: 400,
  title: "The first line of the request is not an HTTP request line",
  why: "What the first line does not say cannot be guessed: which method, which path, which protocol.",
  explain: ([it]) =>
    `A request begins with a method, a target and a version, each apart by one space (RFC 9112, section 3).${seen(it)}`,
  fix: [{ by: "caller", does: "Send `METHOD /path HTTP/1.1`; speak plain HTTP, and not TLS, to a plain port" }],
})
