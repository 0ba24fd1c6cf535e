import { cause } from "../../decision/cause.ts"

export const wireLengthAndCoding = cause({
  code: "wire/length-and-coding",
  status: 400,
  title: "Content-Length and Transfer-Encoding are both given",
  explain: ([it]) =>
    `A body ends by its length or by its last chunk; given both, two servers may end it at two places (RFC 9112, section 6.1). What came was ${it.observed ?? "both"}.`,
  fix: [{ by: "caller", does: "Send one of the two" }],
})
