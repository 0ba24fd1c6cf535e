import { cause } from "../cause.ts"
import { size } from "../size.ts"

export const contentBodyTooLarge = cause({
  code: "content/body-too-large",
  status: 413,
  title: "The body is larger than the route accepts",
  why: "A body without a bound fills the memory and the disks of whatever stands behind the gateway. A body whose length is announced is refused before a byte of it is read; one in chunks is counted while it flows and stopped at the limit.",
  explain: ([it]) =>
    `The body comes to ${size(it.observed ?? "more")}, and the route accepts ${size(it.required ?? "less")}.`,
  fix: [
    { by: "caller", does: "Send less, or send it in several requests" },
    { by: "operator", does: "Raise `body-limit` of the route's service, or `limits.model-body` for model calls" },
  ],
})
