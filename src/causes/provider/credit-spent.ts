import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerCreditSpent = cause({
  code: "provider/credit-spent",
  status: 502,
  title: "The gateway's account at the model's provider has no credit left",
  why: "The money that is gone is the gateway's, not that of a budget here: told as a rate limit it would be retried in vain.",
  explain: ([it]) =>
    `The request passed every rule, and the provider says that the account behind the gateway is used up.${told(it)}`,
  fix: [
    { by: "operator", does: "Top the account up at the provider, or name another target" },
    { by: "caller", does: "Ask for another model meanwhile" },
  ],
})
