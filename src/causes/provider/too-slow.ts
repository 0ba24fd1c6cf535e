import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const providerTooSlow = cause({
  code: "provider/too-slow",
  status: 504,
  title: "The model's provider did not answer in time",
  why: "Without a limit callers would wait for as long as the provider hangs.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and the answer did not come in the time that was set. The provider may still have counted it.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request, or ask for a shorter answer" },
    { by: "operator", does: "Raise `timeouts` of the model, or name a second target" },
  ],
})
