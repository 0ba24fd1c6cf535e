import { cause } from "../../decision/cause.ts"

export const wireHost = cause({
  code: "wire/host",
  status: 400,
  title: "The Host field is missing, doubled or not a host",
  explain: ([it]) =>
    `A request of HTTP/1.1 names exactly one host (RFC 9112, section 3.2). What came was ${it.observed ?? "another"}.`,
  fix: [{ by: "caller", does: "Send one Host field with a host name and, if need be, a port" }],
})
