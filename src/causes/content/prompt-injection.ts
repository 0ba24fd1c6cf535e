import { cause } from "../cause.ts"
import { guardrailIn } from "../guarded.ts"

export const contentPromptInjection = cause({
  code: "content/prompt-injection",
  status: 403,
  title: "The text looks like an attempt to take the model over",
  why: "Models do not tell orders from data. Text that asks a model to drop its orders, to tell them, or to speak to somebody else's tools is refused before the model reads it, above all where it comes from documents and tools.",
  explain: ([it]) =>
    `The request scores ${it.observed ?? "more"} as a prompt injection, and ${it.required ?? "less"} is the most that passes (guardrail ${guardrailIn(it)}).`,
  fix: [
    {
      by: "caller",
      does: "Leave out what reads like orders to the model, or put it in quotation marks and say that it is an example",
    },
    {
      by: "operator",
      does: "Raise `above`, or leave models out with `models`, where such texts are what the model is for",
    },
  ],
})
