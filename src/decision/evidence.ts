import type { Fact } from "./fact.ts"
import type { Frame } from "./frame.ts"
import type { Audience } from "./party.ts"
import type { PlannedClause } from "./plan.ts"
import type { PlannedCheck } from "./planned.ts"
import type { Relation } from "./relation.ts"
import type { Source } from "./source.ts"
import { type NonEmpty, UNKNOWN, type Unknown, type Value } from "./value.ts"

/** One comparison that did not hold: what was seen, what was required, and where each was written down. */
export interface Evidence {
  readonly fact: Fact<Value, never>
  readonly relation: Relation<Value, Value>
  readonly observed: Value | Unknown
  readonly required: Value | Unknown
  /** Who may be told what was required. */
  readonly requiredShownTo: Audience
  /** Where the requirement is written. */
  readonly source: Source
  /** Where the observed value is written, if it is. */
  readonly observedSource: Source | undefined
}

/** All checks of a clause as evidence. Called only for clauses of which none held. */
export function evidenceOf<W>({ checks }: PlannedClause<W>, frame: Frame<W>): NonEmpty<Evidence> {
  const [first] = checks
  if (first === undefined) throw new Error("a clause without a check was planned")
  return [evidence(first, frame), ...checks.slice(1).map((it) => evidence(it, frame))]
}

function evidence<W>(planned: PlannedCheck<W>, frame: Frame<W>): Evidence {
  const { check, slot } = planned
  const { fact, relation, requirement } = check
  return {
    fact,
    relation,
    observed: frame.value(slot),
    required: frame.required(planned),
    requiredShownTo: requirement.kind === "fact" ? requirement.fact.shownTo : requirement.shownTo,
    source: requirement.source,
    observedSource: frame.source(slot),
  }
}

/** Whether both sides could be read. */
export const isKnown = ({ observed, required }: Evidence): boolean => observed !== UNKNOWN && required !== UNKNOWN
