import { cause } from "../cause.ts"
import { guardrailIn } from "../guarded.ts"

export const contentAnswerNotSchema = cause({
  code: "content/answer-not-schema",
  status: 502,
  title: "The answer is not as the schema says",
  why: "A program reads the answer, and fails on what it was not written for. An answer that does not fit the JSON Schema is refused here, where it can be told why, rather than passed on.",
  explain: ([it]) =>
    `The model's answer does not fit the schema: ${it.observed ?? "it is another"} (guardrail ${guardrailIn(it)}).`,
  fix: [
    { by: "caller", does: "Ask again, or ask for structured output so that the model keeps to the schema" },
    { by: "operator", does: "Use a model that keeps to schemas, or loosen the schema of `answer-schema`" },
  ],
})
