import type { Simulation } from "../decision/simulate.ts"
import type { Value } from "../decision/value.ts"
import { modelDollars, modelTokens } from "../facts/model-use.ts"

/** A fact that no question tells, with the value that is assumed: without, nothing that has a limit or a guardrail could be answered. */
export interface Assumption {
  readonly fact: string
  readonly value: Value
  /** The value that every limit on it refuses; undefined where a limit is not known to be on it. */
  readonly worst: Value | undefined
}

export function assumedIn<W>(simulation: Simulation<W>): readonly Assumption[] {
  if (simulation.kind === "permit") return []
  return simulation.needs.flatMap(({ name }) => assumptionOf(name) ?? [])
}

function assumptionOf(fact: string): Assumption | undefined {
  if (isOfGuardrail(fact)) return { fact, value: ofHarmlessText(fact), worst: undefined }
  // Of a first request it is the first; what a call takes and costs is not known before it is read.
  if (fact.startsWith("quota.dollars-") || fact === modelDollars.name) return { fact, value: "0", worst: "9000000" }
  if (fact.startsWith("quota.tokens-") || fact === modelTokens.name) return { fact, value: 0, worst: MOST }
  return fact.startsWith("quota.") ? { fact, value: 1, worst: MOST } : undefined
}

const MOST = Number.MAX_SAFE_INTEGER

export const isOfGuardrail = (fact: string): boolean => fact.startsWith("guardrail.")

/** What a guardrail finds in a short text that holds nothing it looks for: no kinds, no score, no language that can be told. */
function ofHarmlessText(fact: string): Value {
  if (/^guardrail\.language(?:-\d+)?\./.test(fact)) return "unknown"
  return /^guardrail\.(?:sensitive-data|banned-terms)|\.signals\./.test(fact) ? [] : 0
}
