import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireVersion = cause({
  code: "wire/version",
  status: 505,
  title: "The request speaks a version of HTTP that is not served here",
  why: "Another version is another protocol: its bytes would be read as something they are not.",
  explain: ([it]) => `HTTP/1.1 and HTTP/1.0 are served on this port.${seen(it)}`,
  fix: [{ by: "caller", does: "Speak HTTP/1.1" }],
})
