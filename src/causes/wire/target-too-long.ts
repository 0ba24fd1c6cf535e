import { cause } from "../../decision/cause.ts"

export const wireTargetTooLong = cause({
  code: "wire/target-too-long",
  status: 414,
  title: "The request's target is longer than is accepted",
  explain: ([it]) => `${it.observed ?? "The target"} is over what a target may be.`,
  fix: [
    { by: "caller", does: "Send long data in the body rather than in the query" },
    { by: "operator", does: "Raise `limits.target` in the configuration" },
  ],
})
