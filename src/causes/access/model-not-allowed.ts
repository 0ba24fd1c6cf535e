import { cause } from "../cause.ts"
import { quoted } from "../quoted.ts"

export const accessModelNotAllowed = cause({
  code: "access/model-not-allowed",
  status: 403,
  title: "The model is not one of those that may be used",
  why: "Models differ in what they cost and in where what they are told goes. Which of them a key, a team or a tenant may use is the operator's word, so that nobody spends or tells more than was meant.",
  explain: ([it]) =>
    it.observed === undefined
      ? `The model asked for${it.required === undefined ? "" : `, ${it.required},`} is none of those that may be used with this key.`
      : `The model asked for is ${it.required ?? "another"}, and the ${it.fact.split(".")[0]} may use ${quoted(it.observed, "and")}.`,
  fix: [
    { by: "caller", does: "Ask for a model that `GET /v1/models` lists for your key" },
    { by: "operator", does: "Add the model, or a pattern such as `gpt-*`, to the `models` that the explanation names" },
  ],
})
