import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentTooLong = cause({
  code: "content/too-long",
  status: 413,
  title: "The text is longer than allowed",
  why: "Length is money and time, and very long texts are a way to hide what they hold.",
  explain: ([it]) =>
    `${guardedSide(it)} comes to ${it.observed ?? "more"}, and ${it.required ?? "less"} is the most (${it.fact.split(".")[2] ?? "length"}, guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Send less, or ask for a shorter answer" },
    { by: "operator", does: "Raise the limit of `length`" },
  ],
})
