import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamUnreachable = cause({
  code: "upstream/unreachable",
  status: 502,
  title: "The service behind the gateway cannot be reached",
  why: "There is nobody to forward the request to. The gateway says so at once rather than letting the caller wait.",
  explain: ([it]) =>
    `The request passed every rule, and no connection to the service could be made. Nothing of the request was sent.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request later: the service has not seen it" },
    { by: "operator", does: "See that the service runs and listens where `upstream` says" },
  ],
})
