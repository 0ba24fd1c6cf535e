import { cause } from "../../decision/cause.ts"

export const upstreamConnectTimeout = cause({
  code: "upstream/connect-timeout",
  status: 504,
  title: "The service behind the gateway did not take the connection in time",
  explain: ([it]) =>
    `The request passed every rule, and the service did not accept a connection within the time set.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    {
      by: "operator",
      does: "See whether the service is overloaded or a firewall drops packets; or raise `timeouts.connect`",
    },
  ],
})
