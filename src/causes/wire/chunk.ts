import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireChunk = cause({
  code: "wire/chunk",
  status: 400,
  title: "The chunks of the body do not parse",
  why: "Two servers that read the same bytes differently can be played against each other, which is how requests are smuggled past rules. What can be read in two ways is refused rather than guessed at.",
  explain: ([it]) =>
    `A chunk is its size in hexadecimal, CRLF, that many bytes, CRLF (RFC 9112, section 7.1).${seen(it)}`,
  fix: [{ by: "caller", does: "Let the HTTP library do the chunking, or send a `Content-Length`" }],
})
