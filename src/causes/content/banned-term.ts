import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentBannedTerm = cause({
  code: "content/banned-term",
  status: 403,
  title: "The text holds a banned term",
  why: "Some words may not be said through this gateway, whoever says them: names of projects, insults, advice that nobody may give. Disguises (other letters that look alike, digits, signs between letters) count as the term.",
  explain: ([it]) => `${guardedSide(it)} holds a term that is banned here (guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Say it in other words" },
    { by: "operator", does: "Take the term out of `terms`, or blot it out with `then: mask`" },
  ],
})
