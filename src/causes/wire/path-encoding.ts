import { cause } from "../../decision/cause.ts"

export const wirePathEncoding = cause({
  code: "wire/path-encoding",
  status: 400,
  title: "The path is not valid text once it is decoded",
  explain: ([it]) =>
    `A path must be UTF-8 with whole percent escapes and no NUL, so that every server on the way reads the same path. What came was ${it.observed ?? "something else"}.`,
  fix: [{ by: "caller", does: "Encode the path as UTF-8, then percent-encode it (RFC 3986, section 2.5)" }],
})
