import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireSlowBody = cause({
  code: "wire/slow-body",
  status: 408,
  title: "The request's body stopped coming",
  why: "A connection that stays open and says nothing holds a place that others need, here and in the service behind.",
  explain: ([it]) => `The body is not whole yet, and no more of it came in the time set.${seen(it)}`,
  fix: [
    { by: "caller", does: "Send the body without long pauses" },
    { by: "operator", does: "Raise `timeouts.body` in the configuration" },
  ],
})
