import { cause } from "../../decision/cause.ts"

export const quotaRequestsSpent = cause({
  code: "quota/requests-spent",
  status: 429,
  title: "The limit on requests is used up for now",
  explain: ([it]) =>
    `${it.required ?? "A number of"} requests are allowed in the window and this would be number ${it.observed ?? "next"}.`,
  fix: [
    { by: "caller", does: "Wait as long as Retry-After says; the RateLimit fields tell what is left" },
    { by: "operator", does: "Raise `requests` of the `rate-limit` policy" },
  ],
})
