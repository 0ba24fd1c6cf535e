import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentWebhookRefused = cause({
  code: "content/webhook-refused",
  status: 403,
  title: "A check of your own refused the text",
  why: "The configuration names a webhook that scores what is sent or answered; what scores too high does not pass.",
  explain: ([it]) =>
    `${guardedSide(it)} scores ${it.observed ?? "more"} at the webhook, and ${it.required ?? "less"} is the most that passes (guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Change the text; who runs the webhook can tell what it looks for" },
    { by: "operator", does: "See what the webhook says of the text, or raise `above`" },
  ],
})
