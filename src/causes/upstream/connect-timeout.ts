import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamConnectTimeout = cause({
  code: "upstream/connect-timeout",
  status: 504,
  title: "The service behind the gateway did not take the connection in time",
  why: "Without a limit a caller would wait for as long as the network does, and every waiting request would hold its place in the gateway. Nothing of the request was sent, so it is safe to repeat.",
  explain: ([it]) =>
    `The request passed every rule, and the service did not take a connection within the time set.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request later: the service has not seen it" },
    {
      by: "operator",
      does: "See whether the service is overloaded or a firewall drops packets; or raise `timeouts.connect`",
    },
  ],
})
