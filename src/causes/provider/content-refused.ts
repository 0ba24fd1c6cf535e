import { cause } from "../cause.ts"
import { told } from "../told.ts"

export const providerContentRefused = cause({
  code: "provider/content-refused",
  status: 400,
  title: "The content filter of the model's provider refuses the request",
  why: "The filter is the provider's own; the gateway neither has it nor can switch it off.",
  explain: ([it]) =>
    `The request passed every rule of the gateway, and a content filter of the provider did not take it.${told(it)}`,
  fix: [
    { by: "caller", does: "Change the text that the filter refuses" },
    { by: "operator", does: "Change the filter in the provider's settings, or name another target" },
  ],
})
