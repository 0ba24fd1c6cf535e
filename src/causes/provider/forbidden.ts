import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerForbidden = cause({
  code: "provider/forbidden",
  status: 502,
  title: "The model's provider does not let the gateway's key do this",
  why: "The provider's refusal concerns the account behind the gateway; told as 403 it would look like a rule of the gateway.",
  explain: ([it]) => `The request passed every rule, and the provider forbids it to the gateway's account.${told(it)}`,
  fix: [
    { by: "operator", does: "Give the account access to the model at the provider, or name another target" },
    { by: "caller", does: "Ask for another model, or tell the operator the decision's id" },
  ],
})
