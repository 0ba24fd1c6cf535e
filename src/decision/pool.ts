import type { Fact } from "./fact.ts"
import type { PlannedFact, Predicate } from "./planned.ts"
import type { Relation } from "./relation.ts"
import type { Value } from "./value.ts"

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
