import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireCoding = cause({
  code: "wire/coding",
  status: 501,
  title: "The body's transfer coding is not understood",
  why: "A transfer coding is between two neighbours on the way. One that is not understood hides where the body ends.",
  explain: ([it]) => `\`chunked\`, once, and in HTTP/1.1 only, is understood (RFC 9112, section 6.1).${seen(it)}`,
  fix: [
    { by: "caller", does: "Send the body with a `Content-Length`, or in chunks; compress it with `Content-Encoding`" },
  ],
})
