import type { Cause } from "./cause.ts"
import { type Evidence, evidenceOf } from "./evidence.ts"
import { type Frame, OUTCOME, type Outcome } from "./frame.ts"
import type { PlannedCheck, PlannedClause } from "./plan.ts"
import type { Phase } from "./stage.ts"
import { type NonEmpty, UNKNOWN } from "./value.ts"

declare const permitted: unique symbol
/** Proof that a frame passed. Forwarding asks for one, so nothing reaches an upstream undecided. */
export type Permit<W> = Frame<W> & { readonly [permitted]: true; readonly kind?: never }

/** A refusal. Only this module can make one, and only from a clause that did not hold. */
class Refusal<W> {
  readonly kind = "deny"
  readonly clause: PlannedClause<W>
  readonly cause: Cause
  readonly evidence: NonEmpty<Evidence>
  readonly frame: Frame<W>
  readonly #sealed = true

  constructor(clause: PlannedClause<W>, cause: Cause, frame: Frame<W>) {
    this.clause = clause
    this.cause = cause
    this.evidence = evidenceOf(clause, frame)
    this.frame = frame
  }

  /** Whether a value is one, whatever its type claims. */
  static is(value: object): boolean {
    return #sealed in value && value.#sealed
  }
}
export type Denial<W> = Refusal<W>
export const isDenial = (value: object): boolean => Refusal.is(value)

export type Verdict<W> = Permit<W> | Denial<W>

/** A clause came whose facts must be fetched; `decide` again once they are. */
export interface Pending {
  readonly kind: "pending"
  readonly fetches: readonly number[]
}

/**
 * Judges a frame up to the end of a phase, stopping at the first clause that does not hold.
 *
 * The one evaluator. Facts that must be fetched are unknown here unless they were fetched before.
 */
export function decide<W>(frame: Frame<W>, phase: Phase = "request"): Verdict<W> {
  const verdict = advance(frame, phase, false)
  if (verdict.kind === "pending") throw new Error("a decision that may not wait was left waiting")
  return verdict
}

/** As `decide`, for a live frame: waits for facts that must be fetched, and is synchronous when the clauses met have none. */
export function decideLive<W>(frame: Frame<W>, phase: Phase = "request"): Verdict<W> | Promise<Verdict<W>> {
  const verdict = advance(frame, phase, frame.live)
  if (verdict.kind !== "pending") return verdict
  return frame.fetch(verdict.fetches).then(() => decideLive(frame, phase))
}

function advance<W>(frame: Frame<W>, phase: Phase, mayWait: boolean): Verdict<W> | Pending {
  const track = frame.select()
  if (track === undefined) throw new Error(`no track is named ${String(frame.value(frame.plan.selector.slot))}`)
  const end = track.ends[phase]
  const { clauses } = track
  for (; frame.cursor < end; frame.cursor++) {
    const planned = clauses[frame.cursor]
    if (planned === undefined) break
    if (mayWait && planned.fetches.length > 0) {
      const fetches = planned.fetches.filter((slot) => !frame.isFilled(slot))
      if (fetches.length > 0) return { kind: "pending", fetches }
    }
    const outcome = judge(planned, frame)
    if (outcome !== OUTCOME.held && !(outcome === OUTCOME.unknown && planned.clause.whenUnknown === "allow"))
      return refuse(planned, outcome, frame)
  }
  // The one place where a frame becomes a permit.
  return frame as Permit<W>
}

/** Judges one clause and records the outcome of each check it had to look at. */
export function judge<W>({ checks }: PlannedClause<W>, frame: Frame<W>): Outcome {
  let outcome: Outcome = OUTCOME.failed
  for (const planned of checks) {
    const seen = compare(planned, frame)
    frame.outcomes[planned.at] = seen
    if (seen === OUTCOME.held) return seen
    if (seen === OUTCOME.unknown) outcome = seen
  }
  return outcome
}

function compare<W>(planned: PlannedCheck<W>, frame: Frame<W>): Outcome {
  const observed = frame.value(planned.slot)
  if (observed === UNKNOWN) return OUTCOME.unknown
  if (planned.requiredSlot < 0 && !frame.edits?.has(planned.place))
    return planned.holds(observed) ? OUTCOME.held : OUTCOME.failed
  const required = frame.required(planned)
  if (required === UNKNOWN) return OUTCOME.unknown
  return planned.check.relation.holds(observed, required) ? OUTCOME.held : OUTCOME.failed
}

export function refuse<W>(planned: PlannedClause<W>, outcome: Outcome, frame: Frame<W>): Denial<W> {
  const { cause, whenUnknown } = planned.clause
  const why = outcome === OUTCOME.unknown && whenUnknown !== "allow" ? whenUnknown.deny : cause
  return new Refusal(planned, why, frame)
}
