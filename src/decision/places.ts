import { placeOf, type Source } from "./source.ts"
import { same, type Value } from "./value.ts"

/** Numbers what is written in a plan: one number for one value at one place, wherever it is met. */
export class Places {
  readonly #written = new Map<string, { readonly value: Value; readonly number: number }[]>()
  #count = 0

  /** One line of configuration may turn into several requirements; editing one must not put its value into the others. */
  number(source: Source, value: Value): number {
    const place = placeOf(source)
    const written = this.#written.get(place) ?? []
    this.#written.set(place, written)
    const seen = written.find((it) => same(it.value, value))
    if (seen !== undefined) return seen.number
    written.push({ value, number: this.#count })
    return this.#count++
  }
}
