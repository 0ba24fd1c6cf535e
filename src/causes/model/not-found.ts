import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const modelNotFound = cause({
  code: "model/not-found",
  status: 404,
  title: "There is no model of this name",
  why: "A name that is not known here is not passed on in the hope that a provider knows it: the operator decides which models are called, and what they cost.",
  explain: ([it]) =>
    it.required === undefined
      ? "The model asked for is none of those served here."
      : `The model asked for is ${it.observed ?? "another"}, which is none of those served here: ${quoted(it.required, "and")}.`,
  fix: [
    { by: "caller", does: "Ask for a model that `GET /v1/models` lists" },
    { by: "operator", does: "Add the name under `models`" },
  ],
})
