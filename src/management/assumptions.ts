import type { Simulation } from "../decision/simulate.ts"
import type { Value } from "../decision/value.ts"
import { modelDollars, modelTokens } from "../facts/model-use.ts"

/** Facts that no question tells, for which a value is assumed: without, nothing that has a limit or a guardrail could be answered. */
export function assumedIn<W>(simulation: Simulation<W>): readonly (readonly [fact: string, value: Value])[] {
  if (simulation.kind === "permit") return []
  return simulation.needs.flatMap(({ name }): (readonly [string, Value])[] => {
    const value = assumedOf(name)
    return value === undefined ? [] : [[name, value]]
  })
}

function assumedOf(fact: string): Value | undefined {
  if (isOfGuardrail(fact)) return ofHarmlessText(fact)
  // Of a first request it is the first; what a call takes and costs is not known before it is read.
  if (fact.startsWith("quota.dollars-") || fact === modelDollars.name) return "0"
  if (fact.startsWith("quota.tokens-") || fact === modelTokens.name) return 0
  return fact.startsWith("quota.") ? 1 : undefined
}

export const isOfGuardrail = (fact: string): boolean => fact.startsWith("guardrail.")

/** What a guardrail finds in a short text that holds nothing it looks for: no kinds, no score, no language that can be told. */
function ofHarmlessText(fact: string): Value {
  if (/^guardrail\.language(?:-\d+)?\./.test(fact)) return "unknown"
  return /^guardrail\.(?:sensitive-data|banned-terms)|\.signals\./.test(fact) ? [] : 0
}
