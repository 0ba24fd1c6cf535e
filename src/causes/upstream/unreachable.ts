import { cause } from "../../decision/cause.ts"

export const upstreamUnreachable = cause({
  code: "upstream/unreachable",
  status: 502,
  title: "The service behind the gateway cannot be reached",
  explain: ([it]) =>
    `The request passed every rule, and no connection to the service could be made.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [{ by: "operator", does: "See that the service runs and listens where `upstream` says" }],
})
