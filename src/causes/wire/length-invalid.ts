import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireLengthInvalid = cause({
  code: "wire/length-invalid",
  status: 400,
  title: "`Content-Length` is not a length",
  why: "Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `A length is a whole number of bytes in decimal digits (RFC 9112, section 6.3).${seen(it)}`,
  fix: [{ by: "caller", does: "Send the number of bytes of the body, in digits" }],
})
