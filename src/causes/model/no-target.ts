import { cause } from "../cause.ts"
import { ownWords } from "../own-words.ts"

export const modelNoTarget = cause({
  code: "model/no-target",
  status: 400,
  title: "None of the model's targets takes the request",
  why: "Targets are for certain callers, fields or sizes of requests, where the operator says so, and none is asked for more than its model can read. A request that is outside of all of them is nobody's.",
  explain: ([it]) => `None can be asked: ${ownWords(it) ?? "each has a condition that does not hold"}.`,
  fix: [
    {
      by: "caller",
      does: "Send what a target asks for: a field, a shorter request, a key of the tenant; or ask for another model",
    },
    { by: "operator", does: "Add a target without a condition, behind the others" },
  ],
})
