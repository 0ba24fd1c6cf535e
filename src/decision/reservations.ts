import type { ReservedFact } from "./fact.ts"
import type { Value } from "./value.ts"

/** What one decision has taken of what is limited, so that it can be given back. */
export class Reservations<W> {
  readonly #facts: ReservedFact<Value, W>[] = []
  readonly #values: Value[] = []

  /** `value`: what reserving the fact answered. */
  add(fact: ReservedFact<Value, W>, value: Value): void {
    this.#facts.push(fact)
    this.#values.push(value)
  }

  /** Gives back one fact's, or all. What fails to be given back is told to `onFault` and does not keep the others from it. */
  giveBack(world: W, onFault: (error: unknown) => void, only?: ReservedFact<Value, W>): void {
    const facts = this.#facts.splice(0)
    const values = this.#values.splice(0)
    facts.forEach((fact, at) => {
      const value = values[at]
      if (value === undefined) return
      if (only !== undefined && fact !== only) {
        this.add(fact, value)
        return
      }
      try {
        fact.release(world, value)
      } catch (error) {
        onFault(error)
      }
    })
  }

  /** They are another's to give back, or count. */
  forget(): void {
    if (this.#facts.length === 0) return
    this.#facts.length = 0
    this.#values.length = 0
  }
}
