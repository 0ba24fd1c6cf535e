import { cause } from "../cause.ts"

export const wireTargetTooLong = cause({
  code: "wire/target-too-long",
  status: 414,
  title: "The request's target is longer than is accepted",
  why: "Logs, caches and services behind the gateway hold targets in full, and many cut long ones off, so that what is asked for is not what was sent.",
  explain: ([it]) =>
    `Path and query hold ${it.observed ?? "more than is accepted"}, and the limit is what \`limits.target\` says.`,
  fix: [
    { by: "caller", does: "Send long data in the body rather than in the query" },
    { by: "operator", does: "Raise `limits.target` in the configuration" },
  ],
})
