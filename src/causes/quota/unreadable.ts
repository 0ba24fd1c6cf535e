import { cause } from "../../decision/cause.ts"

export const quotaUnreadable = cause({
  code: "quota/unreadable",
  status: 503,
  title: "What is left of the limit could not be read",
  explain: () =>
    "The limit must be known to be kept, and its counter could not be read; so the request is refused rather than let through uncounted.",
  fix: [
    { by: "caller", does: "Try again shortly" },
    { by: "operator", does: "See the gateway's log; the counters hold a bounded number of callers at a time" },
  ],
})
