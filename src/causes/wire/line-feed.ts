import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireLineFeed = cause({
  code: "wire/line-feed",
  status: 400,
  title: "A line of the request does not end in CRLF",
  why: "A bare CR or LF ends a line for some servers and not for others. Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) => `Every line of a head ends in CRLF (RFC 9112, section 2.2).${seen(it)}`,
  fix: [{ by: "caller", does: "End every line with CRLF" }],
})
