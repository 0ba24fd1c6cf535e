import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamTls = cause({
  code: "upstream/tls",
  status: 502,
  title: "No secure connection to the service behind the gateway could be made",
  why: "A certificate is how a service proves that it is the one that is meant. Without that proof, everything the request carries could be read and changed by whoever stands in between.",
  explain: ([it]) =>
    `The request passed every rule, and the TLS handshake with the service failed. Nothing of the request was sent.${seen(it)}`,
  fix: [
    {
      by: "operator",
      does: "See that the service speaks TLS, and that its certificate is valid for its name and signed by a known authority",
    },
  ],
})
