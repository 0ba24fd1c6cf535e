import { cause } from "../../decision/cause.ts"

export const wireRequestLine = cause({
  code: "wire/request-line",
  status: 400,
  title: "The first line of the request is not an HTTP request line",
  explain: ([it]) =>
    `A request begins with a method, a target and a version, each apart by one space (RFC 9112, section 3). What came was ${it.observed ?? "something else"}.`,
  fix: [{ by: "caller", does: "Send `METHOD /path HTTP/1.1`; plain HTTP and not TLS on a plain port" }],
})
