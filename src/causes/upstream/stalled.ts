import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamStalled = cause({
  code: "upstream/stalled",
  status: 504,
  title: "The service behind the gateway stopped in the middle of its answer",
  why: "Without a limit a caller would wait for ever for the rest of an answer. The stop is passed on as a cut, so that half an answer is never taken for a whole one.",
  explain: ([it]) =>
    `The answer began, and then no byte came within the time set. Where a part was passed on, the connection to the caller was reset.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request if doing it twice is harmless" },
    { by: "operator", does: "See why the service pauses, or raise `timeouts.stall`" },
  ],
})
