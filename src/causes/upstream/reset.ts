import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamReset = cause({
  code: "upstream/reset",
  status: 502,
  title: "The service behind the gateway ended the connection without an answer",
  why: "The gateway does not repeat a request that the service may have acted on: a second order is worse than an error.",
  explain: ([it]) =>
    `The request passed every rule and was sent, and the service ended the connection before a byte of an answer. Whether it acted on the request is not known.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request if doing it twice is harmless" },
    {
      by: "operator",
      does: "Look in the service's log at this time; a crash or a kept connection that it closed is usual",
    },
  ],
})
