import type { Explanation } from "../decision/explain.ts"
import { fixes } from "../decision/fixes.ts"
import { dollars, nanoUsd } from "../ports/money.ts"
import type { DecisionRecord } from "../ports/records.ts"
import type { Replayed } from "./replayed.ts"

/** A kept decision as machines read it, on the command line and over HTTP. */
export function decisionFacts({ record, stages, explanation }: Replayed) {
  const { frame, ...summary } = recordFacts(record)
  return {
    ...summary,
    revision: frame.revision,
    phase: frame.phase,
    facts: frame.facts,
    stages,
    ...(explanation === undefined ? {} : { explanation: explanationFacts(explanation) }),
  }
}

/** A record with what a model cost in dollars, as text: JSON's numbers lose what is exact. */
export function recordFacts({ model, ...record }: DecisionRecord) {
  if (model === undefined) return record
  const { cost, ...rest } = model
  return { ...record, model: { ...rest, ...(cost !== undefined && { cost: dollars(nanoUsd(cost)) }) } }
}

/** As replies tell it: verified fixes first, and once. */
export function explanationFacts(explanation: Explanation) {
  const { mends, fix, track, revision, ...told } = explanation
  return { ...told, fix: fixes({ mends, fix }) }
}
