/** Chance that can be repeated: the same seed draws the same. */
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

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  is(chance: number): boolean {
    return this.next() < chance
  }

  of<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0]
  }

  /** A few of them, in their order. */
  some<T>(items: readonly T[], chance: number): readonly T[] {
    return items.filter(() => this.is(chance))
  }

  times<T>(most: number, make: () => T): readonly T[] {
    return Array.from({ length: this.below(most + 1) }, make)
  }
}
