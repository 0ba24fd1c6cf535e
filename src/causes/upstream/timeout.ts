import { cause } from "../../decision/cause.ts"

export const upstreamTimeout = cause({
  code: "upstream/timeout",
  status: 504,
  title: "The service behind the gateway did not answer in time",
  explain: ([it]) =>
    `The request passed every rule and was sent, and no answer began within the time set. Whether the service acted on it is not known.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    { by: "operator", does: "See why the service is slow, or raise `timeouts.answer`" },
    { by: "caller", does: "Repeat the request later if doing it twice is harmless" },
  ],
})
