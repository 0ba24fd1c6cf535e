import type { Patch } from "../patch.ts"
import type { PlacedFinding } from "./finding.ts"

/** Changes tried, and characters read for it; each costs an audit of the whole. What is beyond is told without being tried. */
const MOST_TRIED = 100
const MOST_READ = 5_000_000

/**
 * The findings with their changes tried: each applied alone, and the whole audited again. One after which the finding is still
 * there, or another came up, keeps its words and loses its patches.
 *
 * `again` audits with patches applied; undefined where they do not fit or the configuration would not be read any more.
 * `size`: characters of the configuration.
 */
export function verified<F extends PlacedFinding>(
  findings: readonly F[],
  again: (patches: readonly Patch[]) => readonly F[] | undefined,
  size: number,
): readonly F[] {
  let left = Math.max(1, Math.min(MOST_TRIED, Math.floor(MOST_READ / Math.max(1, size))))
  return findings.map((finding) => {
    const { change } = finding
    if (change === null || change.patches.length === 0 || left-- <= 0) return finding
    const after = again(change.patches)
    const helps = after !== undefined && isBetter(findings, after, finding.name)
    return { ...finding, change: helps ? { ...change, isVerified: true } : { ...change, patches: [] } }
  })
}

/** What is only noted may follow from a change that was meant. */
function isBetter(before: readonly PlacedFinding[], after: readonly PlacedFinding[], name: string): boolean {
  const count = (of: readonly PlacedFinding[], which: string): number => of.filter((it) => it.name === which).length
  if (count(after, name) >= count(before, name)) return false
  const serious = new Set(after.flatMap((it) => (it.severity === "note" ? [] : [it.name])))
  return [...serious].every((it) => count(after, it) <= count(before, it))
}
