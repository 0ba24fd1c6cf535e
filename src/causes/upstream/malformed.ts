import { cause } from "../../decision/cause.ts"

export const upstreamMalformed = cause({
  code: "upstream/malformed",
  status: 502,
  title: "The service behind the gateway sent something that is not an HTTP answer",
  explain: ([it]) =>
    `The request passed every rule and was sent; the answer contradicts itself or does not parse, so it was not passed on.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    {
      by: "operator",
      does: "See that `upstream` names the right port and scheme; then look at the service's raw answer",
    },
  ],
})
