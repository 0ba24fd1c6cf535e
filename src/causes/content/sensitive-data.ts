import { cause } from "../cause.ts"
import { guardedSide, guardrailIn } from "../guarded.ts"

export const contentSensitiveData = cause({
  code: "content/sensitive-data",
  status: 403,
  title: "The text holds sensitive data",
  why: "What is sent to a model leaves the house, and is kept, logged and perhaps learnt from by others; what a model answers may be somebody else's data. A number of a card or a key that was never sent cannot leak. What was found is told by its kind, never by its value, and is in no record.",
  explain: ([it]) =>
    `${guardedSide(it)} holds ${it.observed ?? "data"}, and ${it.required ?? "such data"} may not pass (guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Send the text without the data, or with placeholders in its place" },
    { by: "operator", does: "Let the guardrail blot it out with `then: mask`, or take the kind out of `find`" },
  ],
})
