import { judge } from "./decide.ts"
import { type Frame, OUTCOME, type Outcome } from "./frame.ts"
import type { PlannedClause, Track } from "./plan.ts"
import type { Phase } from "./stage.ts"

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
  const track: Track<W> | undefined = frame.select()
  if (track === undefined) return undefined
  const clauses = track.clauses.slice(0, track.ends[phase])
  return clauses.map((planned) => ({ planned, outcome: judge(planned, frame) }))
}

/** Slots a clause could not be judged for. */
export function unknownSlots<W>({ checks }: PlannedClause<W>, frame: Frame<W>): readonly number[] {
  const read = checks.flatMap((it) => (it.requiredSlot < 0 ? [it.slot] : [it.slot, it.requiredSlot]))
  return read.filter((slot) => typeof frame.value(slot) === "symbol")
}

/** Whether a judged clause lets a request pass. */
export const passes = <W>({ planned, outcome }: Judged<W>): boolean =>
  outcome === OUTCOME.held || (outcome === OUTCOME.unknown && planned.clause.whenUnknown === "allow")
