import type { Explanation } from "../decision/explain.ts"
import { fixes } from "../decision/fixes.ts"
import type { Replayed } from "./replayed.ts"

/** A kept decision as machines read it, on the command line and over HTTP. */
export function decisionFacts({ record, stages, explanation }: Replayed) {
  const { frame, ...summary } = record
  return {
    ...summary,
    revision: frame.revision,
    phase: frame.phase,
    facts: frame.facts,
    stages,
    ...(explanation === undefined ? {} : { explanation: explanationFacts(explanation) }),
  }
}

/** As replies tell it: verified fixes first, and once. */
export function explanationFacts(explanation: Explanation) {
  const { mends, fix, track, revision, ...told } = explanation
  return { ...told, fix: fixes({ mends, fix }) }
}
