import { cause } from "../../decision/cause.ts"

export const upstreamTls = cause({
  code: "upstream/tls",
  status: 502,
  title: "No secure connection to the service behind the gateway could be made",
  explain: ([it]) =>
    `The request passed every rule, and the TLS handshake with the service failed.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    {
      by: "operator",
      does: "See that the service's certificate is valid for its name and signed by a known authority",
    },
  ],
})
