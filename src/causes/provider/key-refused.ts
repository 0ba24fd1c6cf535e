import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerKeyRefused = cause({
  code: "provider/key-refused",
  status: 502,
  title: "The model's provider does not take the gateway's key",
  why: "The key that the provider refuses is the gateway's, not yours: told as 401 it would send callers looking for a fault in their own.",
  explain: ([it]) => `The request passed every rule, and the provider refused the key the gateway sent it.${told(it)}`,
  fix: [
    {
      by: "operator",
      does: "Renew the provider's `key` in the file; `pinpoint explain` with the decision's id says which of the pool it was",
    },
    { by: "caller", does: "Tell the operator the decision's id; your own key is in order" },
  ],
})
