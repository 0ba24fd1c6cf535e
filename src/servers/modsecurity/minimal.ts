/** One thing that can be excluded. */
export interface Excludable {
  /** What the request's score falls by; whole and positive. */
  readonly score: number
  /** How much it grants: 1 for one rule at one named parameter, more for more. */
  readonly breadth: number
}

export interface MinimalSets {
  /** Positions in what was given, ascending; least grant first, then fewest. */
  readonly sets: readonly (readonly number[])[]
  /** How many there are, of which `sets` holds the best. */
  readonly found: number
  /** Not all were looked at: the search ended at its bound, and a set not seen may be better. */
  readonly isComplete: boolean
}

/** Sets looked at: all there are of up to 20 things, since at most C(20, 10) = 184 756 of their subsets can be minimal. */
const MOST_SETS = 200_000
/** Members of sets looked at; each of those 184 756 has ten. */
const MOST_MEMBERS = 4_000_000

/**
 * All sets, minimal by inclusion, whose scores together reach `need`: without any one member they do not.
 *
 * Taken in falling order of score, a set is minimal when it reaches the need with its last member, as that is the smallest. So
 * every path of the search that cannot reach it is cut at once, and the time is in proportion to the sets there are.
 */
export function minimalSets(things: readonly Excludable[], need: number, keep = 32): MinimalSets {
  if (need <= 0) return { sets: [[]], found: 1, isComplete: true }
  const order = things
    .map((it, at) => ({ ...it, at }))
    .sort((a, b) => b.score - a.score || a.breadth - b.breadth || a.at - b.at)
  const rest = new Array<number>(order.length + 1).fill(0)
  for (let i = order.length - 1; i >= 0; i--) rest[i] = (rest[i + 1] ?? 0) + (order[i]?.score ?? 0)
  const best = new Best(keep)
  const chosen: { readonly at: number; readonly breadth: number }[] = []
  let found = 0
  let members = 0
  // On a stack of its own, as the depth is the number of things.
  const path: { next: number; left: number }[] = [{ next: 0, left: need }]
  while (path.length > 0 && found < MOST_SETS && members < MOST_MEMBERS) {
    const top = path.at(-1)
    const item = top === undefined ? undefined : order[top.next]
    if (top === undefined || item === undefined || (rest[top.next] ?? 0) < top.left) {
      path.pop()
      chosen.pop()
      continue
    }
    top.next++
    chosen.push(item)
    if (item.score >= top.left) {
      found++
      members += chosen.length
      best.offer(chosen)
      chosen.pop()
    } else path.push({ next: top.next, left: top.left - item.score })
  }
  return { sets: best.sets(), found, isComplete: path.length === 0 }
}

interface Ranked {
  readonly set: readonly number[]
  readonly breadth: number
}

/** The best few of many sets. */
class Best {
  readonly #keep: number
  #kept: Ranked[] = []

  constructor(keep: number) {
    this.#keep = keep
  }

  offer(chosen: readonly { readonly at: number; readonly breadth: number }[]): void {
    const breadth = chosen.reduce((total, it) => total + it.breadth, 0)
    const worst = this.#kept.at(-1)
    if (worst !== undefined && this.#kept.length >= this.#keep && !isLess(breadth, chosen.length, worst)) return
    this.#kept.push({ set: chosen.map((it) => it.at).sort((a, b) => a - b), breadth })
    this.#kept.sort((a, b) => a.breadth - b.breadth || a.set.length - b.set.length || compared(a.set, b.set))
    if (this.#kept.length > this.#keep) this.#kept.pop()
  }

  sets(): readonly (readonly number[])[] {
    return this.#kept.map((it) => it.set)
  }
}

function isLess(breadth: number, size: number, than: Ranked): boolean {
  return breadth < than.breadth || (breadth === than.breadth && size < than.set.length)
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const by = (a[i] ?? 0) - (b[i] ?? 0)
    if (by !== 0) return by
  }
  return 0
}
