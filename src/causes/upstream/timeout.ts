import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamTimeout = cause({
  code: "upstream/timeout",
  status: 504,
  title: "The service behind the gateway did not answer in time",
  why: "Without a limit callers would wait for as long as the service hangs, and the gateway would fill up with those who wait.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and no answer began within the time set. Whether the service acted on the request is not known.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request later if doing it twice is harmless" },
    { by: "operator", does: "See why the service is slow, or raise `timeouts.answer`" },
  ],
})
