/** Chance that can be had again: the same seed draws the same. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, and not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0, less than `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  is(chance: number): boolean {
    return this.next() < chance
  }

  /** @throws Error for an empty list. */
  of<T>(items: readonly T[]): T {
    const found = items[this.below(items.length)]
    if (found === undefined) throw new Error("there is nothing to draw from")
    return found
  }

  /** A name, as often as its weight is of all. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const names: K[] = []
    for (const name in weights) names.push(name)
    let left = this.next() * names.reduce((sum, it) => sum + weights[it], 0)
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    return this.of(names)
  }

  /** Some of them, in their order. */
  some<T>(items: readonly T[], chance: number): readonly T[] {
    return items.filter(() => this.is(chance))
  }

  /** None to `most` of what is made. */
  times<T>(most: number, make: () => T): readonly T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }
}
