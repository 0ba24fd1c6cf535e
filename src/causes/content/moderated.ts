import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentModerated = cause({
  code: "content/moderated",
  status: 403,
  title: "A moderation model finds the text objectionable",
  why: "A model that was made for it scores violence, hate, harm and the like; what scores too high does not pass.",
  explain: ([it]) =>
    `${guardedSide(it)} scores ${it.observed ?? "more"} at moderation, and ${it.required ?? "less"} is the most that passes (guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Change the text" },
    { by: "operator", does: "Raise `above`, or leave models out with `models`" },
  ],
})
