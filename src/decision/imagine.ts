import type { Edits, Frame } from "./frame.ts"
import type { Track } from "./plan.ts"
import type { Unknown, Value } from "./value.ts"

/** Facts that are otherwise, by the slot of the frame they were seen in. */
type Changes = ReadonlyMap<number, Value | Unknown>

/**
 * Makes `into` a copy of what was seen with some facts changed and some requirements edited, for asking "what if?". It has
 * no world to read from, and is told nothing of where values are written.
 *
 * What is computed from other facts is computed again, since a copied value would hide the consequence; so the copy may
 * be on another track, and takes along what is known of the facts met there.
 */
export function imagine<W>(seen: Frame<W>, changes: Changes, edits: Edits | undefined, into: Frame<W>): Frame<W> {
  into.reset(undefined)
  into.edits = edits
  const { prelude } = seen.plan
  copy(seen, changes, into, prelude, 0)
  const track = into.select()
  if (track !== undefined) copy(seen, changes, into, track, prelude.facts.length)
  return into
}

function copy<W>(seen: Frame<W>, changes: Changes, into: Frame<W>, track: Track<W>, start: number): void {
  // Every track begins with the facts of the prelude, so those are where they are there.
  const isSame = track === seen.track || start === 0
  for (let slot = start; slot < track.facts.length; slot++) {
    const planned = track.facts[slot]
    if (planned === undefined || planned.from.length > 0) continue
    const here = isSame ? slot : seen.track.facts.findIndex((it) => it.fact === planned.fact)
    if (here < 0) continue
    if (seen.isFilled(here)) into.set(slot, seen.value(here))
    const changed = changes.size === 0 ? undefined : changes.get(here)
    if (changed !== undefined) into.set(slot, changed)
  }
}
