import type { Cause } from "./cause.ts"
import { type Evidence, evidenceOf } from "./evidence.ts"
import { fetchFacts } from "./fetch-facts.ts"
import { type Frame, OUTCOME, type Outcome } from "./frame.ts"
import { judge, outcomeOf } from "./judge.ts"
import type { PlannedClause, Track } from "./plan.ts"
import type { Phase } from "./stage.ts"
import type { NonEmpty } from "./value.ts"

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
 * Facts that must be fetched are unknown here unless they were fetched before.
 */
export function decide<W>(frame: Frame<W>, phase: Phase = "request"): Verdict<W> {
  const verdict = advance(frame, phase, false)
  if (verdict.kind === "pending") throw new Error("a decision that may not wait was left waiting")
  return verdict
}

/** As `decide`, for a live frame: waits for facts that must be fetched, and is synchronous when the clauses met have none. */
export function decideLive<W>(frame: Frame<W>, phase: Phase = "request"): Verdict<W> | Promise<Verdict<W>> {
  const verdict = advance(frame, phase, frame.world !== undefined)
  if (verdict.kind !== "pending") return verdict
  return fetchFacts(frame, verdict.fetches).then(() => decideLive(frame, phase))
}

function advance<W>(frame: Frame<W>, phase: Phase, mayWait: boolean): Verdict<W> | Pending {
  const track = frame.select()
  if (track === undefined) throw new Error(`no track is named ${String(frame.value(frame.plan.selector.slot))}`)
  const end = track.ends[phase]
  while (frame.cursor < end) {
    const wait = mayWait ? nextWait(track, frame, end) : undefined
    frame.cursor = judge(track, frame, frame.cursor, wait?.clause ?? end)
    if (frame.cursor === wait?.clause) return { kind: "pending", fetches: wait.fetches }
    const planned = track.clauses[frame.cursor]
    if (planned === undefined || frame.cursor === end) break
    const outcome = outcomeOf(planned, frame)
    if (outcome !== OUTCOME.unknown || planned.clause.whenUnknown !== "allow") return refuse(planned, outcome, frame)
    frame.cursor++
  }
  // The one place where a frame becomes a permit.
  return frame as Permit<W>
}

/** The next clause that cannot be judged before something is fetched. */
function nextWait<W>({ clauses, waits }: Track<W>, frame: Frame<W>, end: number) {
  for (const clause of waits) {
    if (clause < frame.cursor || clause >= end) continue
    const fetches = clauses[clause]?.fetches.filter((slot) => !frame.isFilled(slot)) ?? []
    if (fetches.length > 0) return { clause, fetches }
  }
  return undefined
}

export function refuse<W>(planned: PlannedClause<W>, outcome: Outcome, frame: Frame<W>): Denial<W> {
  const { cause, whenUnknown } = planned.clause
  const why = outcome === OUTCOME.unknown && whenUnknown !== "allow" ? whenUnknown.deny : cause
  return new Refusal(planned, why, frame)
}
