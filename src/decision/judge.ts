import { type Edits, type Frame, OUTCOME, type Outcome } from "./frame.ts"
import type { PlannedClause, Track } from "./plan.ts"
import type { PlannedCheck } from "./planned.ts"
import { UNKNOWN, type Value } from "./value.ts"

/**
 * Judges the clauses of a frame's track in order, and stops at the first that does not hold. Answers which, or `end`.
 *
 * The one evaluator. What became of each check is kept in the frame's `outcomes`. One loop, as a call for each clause and
 * each check would cost more than the comparing.
 */
export function judge<W>({ strip }: Track<W>, frame: Frame<W>, from: number, end: number): number {
  const { starts, slots, holds, places } = strip
  const { outcomes } = frame
  const { edits } = frame
  let at = starts[from] ?? 0
  for (let clause = from; clause < end; clause++) {
    const next = starts[clause + 1] ?? at
    let outcome: Outcome = OUTCOME.failed
    for (; at < next && outcome !== OUTCOME.held; at++) {
      const observed = frame.value(slots[at] ?? -1)
      if (observed === UNKNOWN) outcome = OUTCOME.unknown
      else if (isAsWritten(places[at] ?? -1, edits)) outcome = holds[at]?.(observed) ? OUTCOME.held : OUTCOME.failed
      else outcome = compare(strip.checks[at], observed, frame)
      outcomes[at] = outcome
    }
    if (outcome !== OUTCOME.held) return clause
    at = next
  }
  return end
}

const isAsWritten = (place: number, edits: Edits | undefined): boolean =>
  place >= 0 && (edits === undefined || !edits.has(place))

/** For requirements that are facts, or were edited. */
function compare<W>(planned: PlannedCheck<W> | undefined, observed: Value, frame: Frame<W>): Outcome {
  if (planned === undefined) throw new Error("a check that was not planned was judged")
  const required = frame.required(planned)
  if (required === UNKNOWN) return OUTCOME.unknown
  return planned.check.relation.holds(observed, required) ? OUTCOME.held : OUTCOME.failed
}

/** How a clause that was judged came out. */
export function outcomeOf<W>({ checks }: PlannedClause<W>, { outcomes }: Frame<W>): Outcome {
  let outcome: Outcome = OUTCOME.unread
  for (const { at } of checks) {
    const seen = outcomes[at]
    if (seen === OUTCOME.held) return OUTCOME.held
    if (seen === OUTCOME.unknown || (seen === OUTCOME.failed && outcome === OUTCOME.unread)) outcome = seen
  }
  return outcome
}
