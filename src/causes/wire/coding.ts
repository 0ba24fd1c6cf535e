import { cause } from "../../decision/cause.ts"

export const wireCoding = cause({
  code: "wire/coding",
  status: 501,
  title: "The body's transfer coding is not understood",
  explain: ([it]) =>
    `Only \`chunked\`, once, and only in HTTP/1.1, is understood (RFC 9112, section 6.1). What came was ${it.observed ?? "another"}.`,
  fix: [{ by: "caller", does: "Send the body with a Content-Length, or chunked" }],
})
