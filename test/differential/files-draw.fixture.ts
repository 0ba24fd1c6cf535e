/** Chance that can be had again: the same seed draws the same (xorshift128 of Marsaglia, seeded by splitmix32). */
export class Draw {
  readonly #state: Uint32Array

  constructor(seed: number) {
    let at = seed >>> 0
    this.#state = Uint32Array.from({ length: 4 }, () => {
      at = (at + 0x9e37_79b9) >>> 0
      let it = Math.imul(at ^ (at >>> 16), 0x21f0_aaad)
      it = Math.imul(it ^ (it >>> 15), 0x735a_2d97)
      return (it ^ (it >>> 15)) >>> 0
    })
  }

  /** From 0, less than `limit`. */
  below(limit: number): number {
    const [x = 0, y = 0, z = 0, w = 0] = this.#state
    const t = x ^ (x << 11)
    const next = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0
    this.#state.set([y, z, w, next])
    return next % limit
  }

  chance(probability: number): boolean {
    return this.below(1_000_000) < probability * 1_000_000
  }

  of<T>(items: readonly T[]): T {
    const found = items[this.below(items.length)]
    if (found === undefined) throw new Error("there is nothing to draw from")
    return found
  }

  /** A name, as often as its weight is of all. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const names: K[] = []
    for (const name in weights) names.push(name)
    let left = (this.below(1_000_000) / 1_000_000) * names.reduce((sum, it) => sum + weights[it], 0)
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    return this.of(names)
  }
}
