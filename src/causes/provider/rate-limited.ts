import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerRateLimited = cause({
  code: "provider/rate-limited",
  status: 429,
  title: "The model's provider limits how often the gateway may ask it",
  why: "The limit is that of the account behind the gateway, which all its callers share.",
  explain: ([it]) =>
    `The request passed every rule and limit of the gateway, and the provider asks for a pause.${told(it)}`,
  fix: [
    { by: "caller", does: "Wait as long as `Retry-After` says, and repeat" },
    { by: "operator", does: "Ask the provider for a higher limit, add keys to the pool, or name a second target" },
  ],
})
