import { cause } from "../cause.ts"
import { guardrailIn } from "../guarded.ts"

export const contentGuardrailUnavailable = cause({
  code: "content/guardrail-unavailable",
  status: 503,
  title: "A guardrail could not tell whether the text may pass",
  why: "A guardrail that is not asked guards nothing. While its webhook or its model does not answer, nothing passes, unless the configuration says that it may.",
  explain: ([it]) => `The guardrail ${guardrailIn(it)} could not be asked in time, or its answer could not be read.`,
  fix: [
    { by: "caller", does: "Try again later" },
    {
      by: "operator",
      does: "See that the webhook or the moderation model answers within `within`; or let texts pass meanwhile with `unknown: allow`",
    },
  ],
})
