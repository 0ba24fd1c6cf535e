import { editDistance } from "../decision/closest.ts"

/** The candidate that was probably meant: few edits away for its length, letter case counting little. */
export function closest(meant: string, candidates: Iterable<string>): string | undefined {
  const folded = fold(meant)
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance(folded, fold(candidate))
    if (distance > tolerated(meant, candidate) || (best !== undefined && best.distance <= distance)) continue
    best = { candidate, distance }
  }
  return best?.candidate
}

/** `maxTokens`, `max-tokens` and `max_tokens` are one word to a tired reader. */
const fold = (word: string): string => word.toLowerCase().replaceAll(/[-_ ]/g, "")

const tolerated = (a: string, b: string): number => Math.floor(Math.max(a.length, b.length, 3) / 3)
