import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireLengthConflict = cause({
  code: "wire/length-conflict",
  status: 400,
  title: "`Content-Length` is given more than once",
  why: "Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `A body has one length (RFC 9112, section 6.3).${seen(it)}`,
  fix: [{ by: "caller", does: "Send `Content-Length` once; see whether a proxy on the way adds another" }],
})
