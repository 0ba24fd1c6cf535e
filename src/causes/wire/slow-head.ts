import { cause } from "../../decision/cause.ts"

export const wireSlowHead = cause({
  code: "wire/slow-head",
  status: 408,
  title: "The request's head did not arrive in time",
  explain: ([it]) =>
    `A connection that sends its head a byte at a time holds a place that others need. What had come was ${it.observed ?? "a part"}.`,
  fix: [
    { by: "caller", does: "Send the whole head at once" },
    { by: "operator", does: "Raise `timeouts.head` in the configuration" },
  ],
})
