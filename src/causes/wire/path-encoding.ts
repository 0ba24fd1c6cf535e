import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wirePathEncoding = cause({
  code: "wire/path-encoding",
  status: 400,
  title: "The path is not valid text once it is decoded",
  why: "Every server on the way has to read the same path, and one that is no text is read by each in its own way.",
  explain: ([it]) => `A path is UTF-8 with whole percent escapes and no NUL (RFC 3986, section 2.1).${seen(it)}`,
  fix: [{ by: "caller", does: "Encode the path as UTF-8, then percent-encode it (RFC 3986, section 2.5)" }],
})
