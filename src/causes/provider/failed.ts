import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerFailed = cause({
  code: "provider/failed",
  status: 502,
  title: "The model's provider failed",
  why: "A failure of the provider's own, which neither the request nor the gateway brought about as far as its answer tells.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and the provider answered with a failure of its own.${told(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request a little later" },
    { by: "operator", does: "Look at the provider's status page, or name a second target" },
  ],
})
