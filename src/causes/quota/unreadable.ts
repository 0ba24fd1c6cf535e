import { cause } from "../cause.ts"

export const quotaUnreadable = cause({
  code: "quota/unreadable",
  status: 503,
  title: "What is left of the limit could not be read",
  why: "A limit that is not counted is no limit. For as long as the counter cannot be read, requests are refused rather than let through uncounted.",
  explain: ([it]) =>
    `The limit${it.required === undefined ? "" : ` of ${it.required}`} could not be counted, and a request that is not counted is not let through.`,
  fix: [
    { by: "caller", does: "Try again shortly" },
    {
      by: "operator",
      does: "See the gateway's log; the counters hold a bounded number of callers at a time, and make room when a window ends",
    },
  ],
})
