import { VALID } from "../guardrails/answer-schema.ts"
import type { Json } from "../models/json.ts"
import type { Expectation, PromptOutput } from "./prompt.ts"

/** Characters of an output that are shown of what it is instead. */
const SHOWN = 80

/** In what ways an output is not what a test expects; none where it passes. */
export function shortfalls(output: Json | undefined, expect: Expectation, form: PromptOutput): readonly string[] {
  const text = typeof output === "string" ? output : JSON.stringify(output ?? null)
  const found = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text
  return [
    ...expect.contains
      .filter((it) => !text.includes(it))
      .map((it) => `does not contain ${JSON.stringify(it)}: ${found}`),
    ...(expect.matches === undefined || expect.matches.test(text)
      ? []
      : [`does not match ${expect.matches}: ${found}`]),
    ...(expect.schema && form.kind === "json" && form.check(text) !== VALID
      ? [`is not as the schema says: ${form.check(text)}`]
      : []),
  ]
}
