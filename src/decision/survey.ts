import type { Fact } from "./fact.ts"
import { type Frame, OUTCOME, type Outcome } from "./frame.ts"
import { judge, outcomeOf } from "./judge.ts"
import type { PlannedClause } from "./plan.ts"
import type { PlannedCheck } from "./planned.ts"
import type { Phase } from "./stage.ts"
import { UNKNOWN, type Value } from "./value.ts"

/** One clause and how it came out. */
export interface Judged<W> {
  readonly planned: PlannedClause<W>
  readonly outcome: Outcome
}

/**
 * Judges every clause up to the end of a phase and stops at none.
 *
 * The same `judge` as `decide`; what differs is only that it goes on. Undefined when not even the track is known.
 */
export function survey<W>(frame: Frame<W>, phase: Phase = "request"): readonly Judged<W>[] | undefined {
  const track = frame.select()
  if (track === undefined) return undefined
  const end = track.ends[phase]
  for (let at = judge(track, frame, 0, end); at < end; at = judge(track, frame, at + 1, end));
  return track.clauses.slice(0, end).map((planned) => ({ planned, outcome: outcomeOf(planned, frame) }))
}

/** What a counterfactual came to: the clause that still refuses, or what nobody has read yet and may still refuse. */
export type Outlook<W> =
  | { readonly kind: "broken"; readonly planned: PlannedClause<W> }
  | { readonly kind: "open"; readonly unverified: readonly Fact<Value, W>[] }

/** Judges in order, up to the first clause that cannot hold any more. Undefined when not even the track is known. */
export function outlook<W>(frame: Frame<W>, phase: Phase): Outlook<W> | undefined {
  const track = frame.select()
  if (track === undefined) return undefined
  let unverified: Set<Fact<Value, W>> | undefined
  const end = track.ends[phase]
  for (let at = judge(track, frame, 0, end); at < end; at = judge(track, frame, at + 1, end)) {
    const planned = track.clauses[at]
    if (planned === undefined) break
    const failed = outcomeOf(planned, frame) === OUTCOME.failed
    if (failed || !mayPass(planned, frame)) return { kind: "broken", planned }
    unverified ??= new Set()
    for (const fact of unreadFacts(planned, frame)) unverified.add(fact)
  }
  return { kind: "open", unverified: unverified === undefined ? [] : [...unverified] }
}

/** Whether a clause that was not judged may yet come out well: unknown is allowed, or a check lacks only what nobody read. */
export function mayPass<W>({ clause, checks }: PlannedClause<W>, frame: Frame<W>): boolean {
  if (clause.whenUnknown === "allow") return true
  return checks.some((it) => {
    const unknown = unknownSlots(it, frame)
    return unknown.length > 0 && unknown.every((slot) => frame.unread(slot))
  })
}

/** Facts for lack of which a clause was not judged, and which may yet be learned. */
export function unreadFacts<W>({ checks }: PlannedClause<W>, frame: Frame<W>): ReadonlySet<Fact<Value, W>> {
  const found = new Set<Fact<Value, W>>()
  for (const planned of checks) for (const slot of unknownSlots(planned, frame)) addUnread(frame, slot, found)
  return found
}

/** What is computed is not lacking; what it is computed from is. */
export function addUnread<W>(frame: Frame<W>, slot: number, into: Set<Fact<Value, W>>): void {
  const planned = frame.track.facts[slot]
  if (planned === undefined) return
  if (planned.from.length > 0) for (const from of planned.from) addUnread(frame, from, into)
  else if (frame.value(slot) === UNKNOWN && frame.unread(slot)) into.add(planned.fact)
}

function unknownSlots<W>({ slot, requiredSlot }: PlannedCheck<W>, frame: Frame<W>): readonly number[] {
  const read = requiredSlot < 0 ? [slot] : [slot, requiredSlot]
  return read.filter((it) => frame.value(it) === UNKNOWN)
}
