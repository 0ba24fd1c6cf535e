import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerModelUnknown = cause({
  code: "provider/model-unknown",
  status: 502,
  title: "The model's provider does not know the model it was asked for",
  why: "The model's name here stands for a provider's name of it, which the operator writes down: it is nothing that a caller could mend.",
  explain: ([it]) =>
    `The request passed every rule, and the provider has no model of the name written for it.${told(it)}`,
  fix: [
    { by: "operator", does: "Correct `model` of the target, or the provider's address" },
    { by: "caller", does: "Ask for another model that `GET /v1/models` lists" },
  ],
})
