import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerRequestRefused = cause({
  code: "provider/request-refused",
  status: 400,
  title: "The model's provider refuses what the request asks for",
  why: "What a provider takes differs from model to model, and the gateway does not know all of it.",
  explain: ([it]) => `The request passed every rule of the gateway, and the provider did not take it.${told(it)}`,
  fix: [
    { by: "caller", does: "Change what the provider's message names" },
    { by: "operator", does: "Name a target whose model takes such requests" },
  ],
})
