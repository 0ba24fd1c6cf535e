import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamMalformed = cause({
  code: "upstream/malformed",
  status: 502,
  title: "The service behind the gateway sent something that is not an HTTP answer",
  why: "An answer that can be read in two ways is read in two ways: by the gateway, and by the caller behind it. What is not clearly one answer is not passed on.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and what came back contradicts itself or does not parse.${seen(it)}`,
  fix: [
    {
      by: "operator",
      does: "See that `upstream` names the right port and scheme; then look at the service's raw answer",
    },
  ],
})
