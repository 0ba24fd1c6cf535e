import type { Check } from "./check.ts"
import type { Fact } from "./fact.ts"
import type { Value } from "./value.ts"

export type Predicate = (observed: Value) => boolean

/** A check with its facts resolved to slots, so that the hot path indexes and never looks up. */
export interface PlannedCheck<W> {
  readonly check: Check<W>
  readonly slot: number
  /** Where the requirement is itself a fact; -1 where it is written. */
  readonly requiredSlot: number
  /** The relation with the written requirement built in. */
  readonly holds: Predicate
  /** Its place among all checks of the track. */
  readonly at: number
  /** Names what an edit would change: the same value written at the same place, wherever it is met. */
  readonly place: number
}

/** A fact at its slot, with the slots of those it is computed from. */
export interface PlannedFact<W> {
  readonly fact: Fact<Value, W>
  readonly from: readonly number[]
}
