import { cause } from "../../decision/cause.ts"

export const wireLengthInvalid = cause({
  code: "wire/length-invalid",
  status: 400,
  title: "Content-Length is not a length",
  explain: ([it]) =>
    `A length is a whole number of bytes in decimal digits (RFC 9112, section 6.3). What came was ${it.observed ?? "something else"}.`,
  fix: [{ by: "caller", does: "Send the number of bytes of the body, in digits" }],
})
