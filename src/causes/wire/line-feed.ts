import { cause } from "../../decision/cause.ts"

export const wireLineFeed = cause({
  code: "wire/line-feed",
  status: 400,
  title: "A line of the request does not end in CRLF",
  explain: ([it]) =>
    `A bare CR or LF ends a line for some servers and not for others (RFC 9112, section 2.2), which is how requests are smuggled. It was in ${it.observed ?? "the request's head"}.`,
  fix: [{ by: "caller", does: "End every line with CRLF" }],
})
