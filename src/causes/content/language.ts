import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentLanguage = cause({
  code: "content/language",
  status: 422,
  title: "The text is in a language that is not accepted",
  why: "Guardrails, reviewers and readers understand some languages. What is in none of them passes unread.",
  explain: ([it]) =>
    `${guardedSide(it)} is in ${it.observed ?? "another language"}, and accepted is ${it.required?.replace(/, unknown$/, "") ?? "another"} (ISO 639-1; guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Write in one of the languages accepted" },
    { by: "operator", does: "Add the language to `allow`" },
  ],
})
