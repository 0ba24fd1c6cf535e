import type { Suspect } from "./weigh.ts"

export interface Ranked extends Suspect {
  /** 0 to 1. The rest to 1 is that it is something not named here. */
  readonly confidence: number
}

/** What speaks for a cause nobody named: a suspect needs more than this to be believed. Fitted with the bounds of `resemblance.ts` on held-out cases. */
const SOMETHING_ELSE = 1.5
/** Likeliest first. Suspects with more against them than for them are left out. */
export function rank(suspects: readonly Suspect[]): readonly Ranked[] {
  const kept = suspects.filter((it) => it.score > 0)
  const share = (score: number): number => Math.exp(score)
  const total = kept.reduce((all, it) => all + share(it.score), share(SOMETHING_ELSE))
  return kept
    .map((it): Ranked => ({ ...it, confidence: share(it.score) / total }))
    .sort((a, b) => b.score - a.score || (a.cause.code < b.cause.code ? -1 : 1))
}
