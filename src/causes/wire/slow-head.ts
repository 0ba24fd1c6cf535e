import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const wireSlowHead = cause({
  code: "wire/slow-head",
  status: 408,
  title: "The request's head did not arrive in time",
  why: "A connection that sends its head a byte at a time holds a place that others need; thousands of them are a known attack.",
  explain: ([it]) => `The head has begun, and was not whole in the time set.${seen(it)}`,
  fix: [
    { by: "caller", does: "Send the whole head at once" },
    { by: "operator", does: "Raise `timeouts.head` in the configuration" },
  ],
})
