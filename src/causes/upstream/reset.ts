import { cause } from "../../decision/cause.ts"

export const upstreamReset = cause({
  code: "upstream/reset",
  status: 502,
  title: "The service behind the gateway ended the connection without an answer",
  explain: ([it]) =>
    `The request passed every rule and was sent, and the service closed before a byte of an answer. Whether it acted on the request is not known.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    {
      by: "operator",
      does: "Look in the service's log at this time; a crash or a closed keep-alive connection is usual",
    },
    { by: "caller", does: "Repeat the request if doing it twice is harmless" },
  ],
})
