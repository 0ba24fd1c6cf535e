import { cause } from "../../decision/cause.ts"

export const wireVersion = cause({
  code: "wire/version",
  status: 505,
  title: "The request speaks a version of HTTP that is not served here",
  explain: ([it]) => `HTTP/1.1 and HTTP/1.0 are served on this port. What came was ${it.observed ?? "another"}.`,
  fix: [{ by: "caller", does: "Speak HTTP/1.1" }],
})
