import { cause } from "../../decision/cause.ts"

export const wireSlowBody = cause({
  code: "wire/slow-body",
  status: 408,
  title: "The request's body stalled",
  explain: ([it]) =>
    `No byte of the body came for longer than is waited. What had come was ${it.observed ?? "a part"}.`,
  fix: [
    { by: "caller", does: "Send the body without long pauses" },
    { by: "operator", does: "Raise `timeouts.body` in the configuration" },
  ],
})
