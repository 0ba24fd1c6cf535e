import { type Stop, trackOf } from "../decision/explain.ts"
import { type Frame, OUTCOME } from "../decision/frame.ts"
import type { PlannedClause } from "../decision/plan.ts"
import { type Phase, type Stage, stageRank } from "../decision/stage.ts"
import { UNKNOWN, type Value } from "../decision/value.ts"

/** One stage of a decision: all its clauses together, and the values they were judged by. */
export interface StageSeen {
  readonly stage: Stage
  /** `passed` where nothing in it refused; `not-reached` where an earlier stage did. */
  readonly outcome: "passed" | "refused" | "not-reached"
  /** Of the clause that refused. */
  readonly cause?: string
  readonly saw: readonly { readonly fact: string; readonly value: Value }[]
}

/** The stages of a decided frame that its phase could reach. `refusing`: the place of the clause that refused. */
export function stagesOf<W>(frame: Frame<W>, phase: Phase, refusing: number | undefined): readonly StageSeen[] {
  const stops = trackOf(frame)
  const clauses = frame.track.clauses.slice(0, frame.track.ends[phase])
  const stages = [...new Set(clauses.map(({ clause }) => clause.stage))].sort((a, b) => stageRank(a) - stageRank(b))
  return stages.map((stage) => {
    const at = clauses.flatMap(({ clause }, i) => (clause.stage === stage ? [i] : []))
    const refused = refusing !== undefined && at.includes(refusing) ? refusing : undefined
    const met = at.flatMap((i) => (stops[i]?.outcome === "unread" ? [] : (clauses[i] ?? [])))
    return { stage, ...outcomeOf(stops, refused, met.length > 0), saw: seen(frame, met) }
  })
}

function outcomeOf(
  stops: readonly Stop[],
  refused: number | undefined,
  met: boolean,
): Pick<StageSeen, "outcome" | "cause"> {
  const stop = refused === undefined ? undefined : stops[refused]
  if (stop !== undefined) return { outcome: "refused", cause: stop.cause }
  return { outcome: met ? "passed" : "not-reached" }
}

/** Values that were looked at; of what was looked for and is not there, nothing needs to be told. */
function seen<W>(frame: Frame<W>, clauses: readonly PlannedClause<W>[]): StageSeen["saw"] {
  const values = new Map<string, Value>()
  for (const { checks } of clauses)
    for (const { at, slot, check } of checks) {
      const value = frame.value(slot)
      if ((frame.outcomes[at] ?? OUTCOME.unread) === OUTCOME.unread || value === UNKNOWN || value === null) continue
      values.set(check.fact.name, value)
    }
  return [...values].map(([fact, value]) => ({ fact, value }))
}
