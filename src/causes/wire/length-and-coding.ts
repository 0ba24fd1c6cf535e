import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireLengthAndCoding = cause({
  code: "wire/length-and-coding",
  status: 400,
  title: "`Content-Length` and `Transfer-Encoding` are both given",
  why: "Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) =>
    `A body ends by its length or by its last chunk, and not by both (RFC 9112, section 6.1).${seen(it)}`,
  fix: [{ by: "caller", does: "Send one of the two" }],
})
