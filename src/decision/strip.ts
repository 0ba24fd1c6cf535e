import type { Fact, ReadFact } from "./fact.ts"
import type { PlannedCheck, PlannedClause, PlannedFact } from "./plan.ts"
import type { Relation } from "./relation.ts"
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
export type Predicate = (observed: Value) => boolean

export function stripOf<W>(clauses: readonly PlannedClause<W>[]): Strip<W> {
  const checks = clauses.flatMap((it) => it.checks)
  const starts = new Int32Array(clauses.length + 1)
  clauses.forEach((it, at) => {
    starts[at + 1] = (starts[at] ?? 0) + it.checks.length
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

/** What tracks have in common, made once: the same list required on a hundred tracks is one index. */
export class Pool<W> {
  readonly #facts = new Map<Fact<Value, W>, PlannedFact<W>>()
  readonly #predicates = new Map<Relation<Value, Value>, Map<string, Predicate>>()

  fact(fact: Fact<Value, W>, from: readonly number[]): PlannedFact<W> {
    // What is computed has its inputs at other slots on other tracks.
    if (from.length > 0) return { fact, from }
    const known = this.#facts.get(fact) ?? { fact, from }
    this.#facts.set(fact, known)
    return known
  }

  /** The relation with a written requirement built in, prepared where it can be. */
  predicate(relation: Relation<Value, Value>, required: Value): Predicate {
    const known = this.#predicates.get(relation) ?? new Map<string, Predicate>()
    this.#predicates.set(relation, known)
    const key = JSON.stringify(required)
    const predicate =
      known.get(key) ?? relation.prepare?.(required) ?? ((observed: Value) => relation.holds(observed, required))
    known.set(key, predicate)
    return predicate
  }
}
