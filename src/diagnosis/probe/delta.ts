/** Whether a set of differences makes the request fail; `undefined` when that cannot be told, or may not be asked. */
export type Fails<D> = (differences: readonly D[]) => Promise<boolean | undefined>

export interface Minimal<D> {
  readonly differences: readonly D[]
  /** Taking away any one of them lets the request pass. False where the budget ended before that was known. */
  readonly isMinimal: boolean
  readonly asked: number
}

/**
 * A 1-minimal set of differences that still fails (ddmin; Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
 * Input", IEEE TSE 2002). `all` is known to fail and none of them to pass; each set is asked once.
 */
export async function minimalDifference<D>(all: readonly D[], fails: Fails<D>, budget: number): Promise<Minimal<D>> {
  let asked = 0
  const known = new Map<string, boolean>()
  const test = async (subset: readonly D[]): Promise<boolean> => {
    const key = subset.map((it) => all.indexOf(it)).join()
    const before = known.get(key)
    if (before !== undefined) return before
    if (asked >= budget) throw new OutOfBudget()
    asked++
    // What cannot be told counts as passing: only what is known to fail may be kept instead.
    const failed = (await fails(subset)) ?? false
    known.set(key, failed)
    return failed
  }
  let current = all
  try {
    for (let parts = 2; current.length >= 2; ) {
      const smaller = await reduced(current, parts, test)
      if (smaller !== undefined) {
        parts = smaller.length < current.length / 2 ? 2 : Math.max(2, Math.min(parts - 1, smaller.length))
        current = smaller
      } else if (parts < current.length) parts = Math.min(current.length, parts * 2)
      else break
    }
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error
    return { differences: current, isMinimal: false, asked }
  }
  return { differences: current, isMinimal: true, asked }
}

class OutOfBudget extends Error {}

/** One of the parts, or all but one of them, that still fails. */
async function reduced<D>(
  current: readonly D[],
  parts: number,
  test: (subset: readonly D[]) => Promise<boolean>,
): Promise<readonly D[] | undefined> {
  const size = current.length / parts
  const chunks = Array.from({ length: parts }, (_, i) =>
    current.slice(Math.round(i * size), Math.round((i + 1) * size)),
  )
  for (const chunk of chunks) if (chunk.length > 0 && chunk.length < current.length && (await test(chunk))) return chunk
  if (parts > 2)
    for (const chunk of chunks) {
      const rest = current.filter((it) => !chunk.includes(it))
      if (rest.length < current.length && (await test(rest))) return rest
    }
  return undefined
}
