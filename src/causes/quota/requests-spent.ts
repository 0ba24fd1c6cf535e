import { cause } from "../cause.ts"

/** The window and whom it counts apart, which the fact is named after: `quota.requests-per-minute-by-key`. */
function windowOf(fact: string): string {
  const [, per, by] = /-per-([a-z]+)-by-([a-z]+)/.exec(fact) ?? []
  if (per === undefined) return "the window"
  return by === "service" ? `this ${per}, of all callers together` : `this ${per} for this ${by}`
}

export const quotaRequestsSpent = cause({
  code: "quota/requests-spent",
  status: 429,
  title: "The limit on requests is used up for now",
  why: "A limit keeps one caller from using up what is there for all. It is counted exactly, in windows that begin with their first request, and a request that is refused for another reason is not counted.",
  explain: ([it]) =>
    `This is request number ${it.observed ?? "one too many"} of ${windowOf(it.fact)}, and the limit is ${it.required ?? "less"}.`,
  fix: [
    { by: "caller", does: "Wait as long as `Retry-After` says; the `RateLimit` fields tell what is left" },
    { by: "operator", does: "Raise `requests` of the `rate-limit` policy" },
  ],
})
