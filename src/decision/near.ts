import type { Near } from "./fact.ts"
import type { Frame } from "./frame.ts"
import { UNKNOWN } from "./value.ts"

/** What almost matched, closest first; empty for facts that are not computed. */
export function nearOf<W>(frame: Frame<W>, slot: number): readonly Near[] {
  const planned = frame.track.facts[slot]
  if (planned?.fact.kind !== "derived" || planned.fact.near === undefined) return []
  const [a = null, b = null, c = null, d = null] = planned.from.map((it) => frame.value(it))
  if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN || d === UNKNOWN) return []
  try {
    return planned.fact.near(a, b, c, d)
  } catch (error) {
    // What almost matched cannot be told, and the refusal still must be.
    frame.note(error)
    return []
  }
}
