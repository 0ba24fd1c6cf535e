import type { Patch } from "../patch.ts"
import type { PlacedFinding } from "./finding.ts"

/** Changes tried; each costs an audit of the whole configuration. What is beyond is told without being tried. */
const MOST_TRIED = 100

/**
 * The findings with their changes tried: each applied alone, and the whole audited again. One after which the finding is still
 * there, or another came up, keeps its words and loses its patches.
 *
 * `again` audits with patches applied; undefined where they do not fit or the configuration would not be read any more.
 */
export function verified<F extends PlacedFinding>(
  findings: readonly F[],
  again: (patches: readonly Patch[]) => readonly F[] | undefined,
): readonly F[] {
  const before = counted(findings)
  let tried = 0
  return findings.map((finding) => {
    const { change } = finding
    if (change === null || change.patches.length === 0 || tried >= MOST_TRIED) return finding
    tried++
    const after = again(change.patches)
    const helps = after !== undefined && isBetter(before, counted(after), finding.name)
    return { ...finding, change: helps ? { ...change, isVerified: true } : { ...change, patches: [] } }
  })
}

function counted(findings: readonly PlacedFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { name } of findings) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function isBetter(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, name: string): boolean {
  if ((after.get(name) ?? 0) >= (before.get(name) ?? 0)) return false
  return [...after].every(([other, count]) => count <= (before.get(other) ?? 0))
}
