import { cause } from "../cause.ts"
import { seen } from "../seen.ts"

export const upstreamCut = cause({
  code: "upstream/cut",
  status: 502,
  title: "The service behind the gateway cut its answer short",
  why: "Half an answer that ends like a whole one is worse than none: a list lacks its end, and nobody notices. So the cut is passed on as a cut, and the caller's program fails where the service did.",
  explain: ([it]) =>
    `The answer began, and its connection ended before all of it had come. Where a part was passed on, the connection to the caller was reset.${seen(it)}`,
  fix: [
    { by: "caller", does: "Repeat the request if doing it twice is harmless" },
    { by: "operator", does: "Look in the service's log at this time; a crash or a time limit of its own is usual" },
  ],
})
