import { MOST_ALIASED } from "./limits.ts"
import type { Spot } from "./tree.ts"

/** Names the parts of a document that aliases repeat, and bounds what the repeating may grow to. */
export class Aliases {
  readonly #anchors = new Map<string, Spot>()
  readonly #open: string[] = []
  readonly #sizes = new Map<Spot, number>()
  #aliased = 0

  open(anchor: string | undefined): void {
    if (anchor !== undefined) this.#open.push(anchor)
  }

  close(anchor: string | undefined, spot: Spot): void {
    if (anchor === undefined) return
    this.#open.pop()
    this.#anchors.set(anchor, spot)
  }

  /** What an alias stands for, or why it stands for nothing; "too many" is said once. */
  resolve(name: string): Spot | "unknown" | "cycle" | "too many" | "and more" {
    if (this.#open.includes(name)) return "cycle"
    const target = this.#anchors.get(name)
    if (target === undefined) return "unknown"
    if (this.#aliased > MOST_ALIASED) return "and more"
    this.#aliased += this.#sizeOf(target)
    return this.#aliased > MOST_ALIASED ? "too many" : target
  }

  get names(): Iterable<string> {
    return this.#anchors.keys()
  }

  #sizeOf(spot: Spot): number {
    const known = this.#sizes.get(spot)
    if (known !== undefined) return known
    const size = 1 + insideOf(spot).reduce((sum, it) => sum + this.#sizeOf(it), 0)
    this.#sizes.set(spot, size)
    return size
  }
}

function insideOf(spot: Spot): readonly Spot[] {
  switch (spot.shape) {
    case "scalar":
      return []
    case "alias":
      return [spot.target]
    case "list":
      return spot.items
    case "map":
      return Array.from(spot.entries.values(), ({ value }) => value)
  }
}
