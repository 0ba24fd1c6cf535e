import { cause } from "../../decision/cause.ts"

export const upstreamCut = cause({
  code: "upstream/cut",
  status: 502,
  title: "The service behind the gateway cut its answer short",
  explain: ([it]) =>
    `The answer began and its connection ended before the whole body had come. What had come was passed on, and the connection to the caller was reset, so that it is never taken for whole.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [
    { by: "operator", does: "Look in the service's log at this time; a crash or a time limit of its own is usual" },
  ],
})
