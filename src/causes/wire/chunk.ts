import { cause } from "../../decision/cause.ts"

export const wireChunk = cause({
  code: "wire/chunk",
  status: 400,
  title: "The chunks of the body do not parse",
  explain: ([it]) =>
    `A chunk is its size in hexadecimal, CRLF, that many bytes, CRLF (RFC 9112, section 7.1). What came was ${it.observed ?? "something else"}.`,
  fix: [{ by: "caller", does: "Let the HTTP library do the chunking, or send a Content-Length" }],
})
