import type { ReadFact } from "./fact.ts"
import type { PlannedCheck, PlannedFact, Predicate } from "./planned.ts"
import type { Value } from "./value.ts"

/**
 * What judging touches, side by side in the order it is touched. Requests take a hundred tracks in turn, and going from object
 * to object for each check would miss the cache most of the time: this halves the cost of a decision.
 */
export interface Strip<W> {
  /** The number of each clause's first check, and one past the last. */
  readonly starts: Int32Array
  /** By number of check, from here on. */
  readonly checks: readonly PlannedCheck<W>[]
  readonly slots: Int32Array
  readonly holds: readonly Predicate[]
  /** As `PlannedCheck.place`: not negative where the requirement is written, so that `holds` knows it. */
  readonly places: Int32Array
}

/** `clauses`: the checks of each. */
export function stripOf<W>(clauses: readonly (readonly PlannedCheck<W>[])[]): Strip<W> {
  const checks = clauses.flat()
  const starts = new Int32Array(clauses.length + 1)
  clauses.forEach((it, at) => {
    starts[at + 1] = (starts[at] ?? 0) + it.length
  })
  return {
    starts,
    checks,
    slots: Int32Array.from(checks, ({ slot }) => slot),
    holds: checks.map(({ holds }) => holds),
    places: Int32Array.from(checks, ({ place }) => place),
  }
}

/** The facts that are read at once, at their slots: almost all of them. */
export const readersOf = <W>(facts: readonly PlannedFact<W>[]): readonly (ReadFact<Value, W> | undefined)[] =>
  facts.map(({ fact }) => (fact.kind === "read" ? fact : undefined))
