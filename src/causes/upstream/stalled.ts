import { cause } from "../../decision/cause.ts"

export const upstreamStalled = cause({
  code: "upstream/stalled",
  status: 504,
  title: "The service behind the gateway stopped in the middle of its answer",
  explain: ([it]) =>
    `The answer began and then no byte came within the time set. The connection to the caller was reset, so that it is never taken for whole.${it.observed === undefined ? "" : ` Seen: ${it.observed}.`}`,
  fix: [{ by: "operator", does: "See why the service pauses, or raise `timeouts.stall`" }],
})
