import type { Fact } from "./fact.ts"
import type { PlannedCheck, PlannedFact } from "./planned.ts"
import type { Pool } from "./pool.ts"
import type { Value } from "./value.ts"

/** Gives each fact of a track a slot, after those of the facts it is computed from. */
export class Slots<W> {
  readonly #pool: Pool<W>
  readonly #facts: PlannedFact<W>[]

  constructor(pool: Pool<W>, common: readonly PlannedFact<W>[] = []) {
    this.#pool = pool
    this.#facts = [...common]
  }

  get facts(): readonly PlannedFact<W>[] {
    return this.#facts
  }

  of(fact: Fact<Value, W>): number {
    const seen = this.#facts.findIndex((it) => it.fact === fact)
    if (seen >= 0) return seen
    const from = fact.kind === "derived" ? fact.from.map((it) => this.of(it)) : []
    return this.#facts.push(this.#pool.fact(fact, from)) - 1
  }

  /** Slots that must be fetched before these checks can be judged. */
  fetches(checks: readonly PlannedCheck<W>[]): readonly number[] {
    const found = new Set<number>()
    const visit = (slot: number): void => {
      const planned = this.#facts[slot]
      if (planned?.fact.kind === "fetched") found.add(slot)
      planned?.from.forEach(visit)
    }
    for (const { slot, requiredSlot } of checks) {
      visit(slot)
      if (requiredSlot >= 0) visit(requiredSlot)
    }
    return [...found]
  }
}
