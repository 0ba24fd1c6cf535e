import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerOverloaded = cause({
  code: "provider/overloaded",
  status: 503,
  title: "The model's provider is overloaded",
  why: "The provider has too much to do, whoever asks.",
  explain: ([it]) => `The request passed every rule, and the provider says that it cannot take more now.${told(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request a little later" },
    { by: "operator", does: "Name a target of another provider behind this one" },
  ],
})
