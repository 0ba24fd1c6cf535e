import { cause } from "../cause.ts"
import { holderIn } from "../holder.ts"

export const quotaModelRequestsSpent = cause({
  code: "quota/model-requests-spent",
  status: 429,
  title: "The limit on model calls in a minute is used up",
  why: "A limit keeps one key, team or tenant from using up what is there for all. It is counted exactly, in minutes that begin with their first call, and a call that is refused is not counted.",
  explain: ([it]) =>
    `This is call number ${it.required ?? "one too many"} of this minute for ${holderIn(it.fact)}, and the limit is ${it.observed ?? "less"}.`,
  fix: [
    { by: "caller", does: "Wait as long as `Retry-After` says; the `RateLimit` fields tell what is left" },
    { by: "operator", does: "Raise `requests-per-minute` where the explanation says that it is written" },
  ],
})
