import type { Weight } from "../foreign/clue.ts"
import type { Proof, RankedCause } from "./answer.ts"

/** What a judge says of a case: as good as a clue, with evidence and a fix of its own. */
export interface Finding {
  readonly code: string
  readonly weight: Weight
  readonly proofs: readonly Proof[]
  /** Instead of the cause's general advice: found for this very request, and decided again. */
  readonly fix?: RankedCause["fix"]
}

/** All that a judge found out. */
export interface Judged {
  readonly findings: readonly Finding[]
  /** What was looked at and is not the cause. */
  readonly excluded: readonly { readonly says: string; readonly evidence: readonly Proof[] }[]
  /** What it would have had to know. */
  readonly needs: readonly string[]
}

export const NOTHING_JUDGED: Judged = { findings: [], excluded: [], needs: [] }
