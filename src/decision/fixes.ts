import type { Explanation, ToldChange } from "./explain.ts"
import type { Party } from "./party.ts"
import type { Reach } from "./reach.ts"
import { show } from "./value.ts"

/** One way out, as told. */
export interface Fix {
  readonly by: Party
  readonly does: string
  /** Found for this very request and decided again; the others are general advice. */
  readonly verified: boolean
  /** Facts that were not known, and may still refuse the request. */
  readonly unverified?: readonly string[]
  readonly changes?: readonly ToldChange[]
  /** Whom else it would let in, where that was asked. */
  readonly reach?: Reach
}

/** Verified mends first, then what is generally done about the cause. */
export function fixes({ mends, fix }: Pick<Explanation, "mends" | "fix">): readonly Fix[] {
  const verified = mends.map(({ changes, unverified, reach }): Fix => {
    const last = changes.reduce((by, change) => (RANK[change.by] > RANK[by] ? change.by : by), changes[0].by)
    return {
      by: last,
      does: changes.map(sayChange).join(", and "),
      verified: true,
      ...(unverified.length === 0 ? {} : { unverified }),
      changes,
      ...(reach === undefined ? {} : { reach }),
    }
  })
  return [...verified, ...fix.map(({ by, does }): Fix => ({ by, does, verified: false }))]
}

/** A mending is done by whoever of its parties is hardest to reach. */
const RANK: Readonly<Record<Party, number>> = { caller: 0, owner: 1, operator: 2, nobody: 3 }

/** One change as a clause of a sentence: what becomes what, and where it is written. */
function sayChange({ kind, fact, to, at }: ToldChange): string {
  const value = to === undefined ? "another value" : show(to)
  const place = at === undefined ? "" : ` (${at})`
  return kind === "edit" ? `what is asked of ${fact} becomes ${value}${place}` : `${fact} becomes ${value}${place}`
}
