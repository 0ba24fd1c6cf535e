import { readPlan } from "../config/stored-plan.ts"
import { type Denial, decide } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import type { Audience } from "../decision/party.ts"
import { replay } from "../decision/record.ts"
import type { Source } from "../decision/source.ts"
import { UNKNOWN, type Value } from "../decision/value.ts"
import type { DecisionRecord, PlanStore, RecordStore } from "../ports/records.ts"
import { type StageSeen, stagesOf } from "./stages.ts"

/** Something of a decision that was written down, and what stood there. */
export interface Written {
  readonly what: "asked for" | "held"
  readonly source: Source
  readonly value: Value
}

/** A kept decision, decided again by the plan that made it. */
export interface Replayed {
  readonly record: DecisionRecord
  /** The stages it could meet, in order. */
  readonly stages: readonly StageSeen[]
  /** Absent for a permit. */
  readonly explanation?: Explanation
  /** Both sides of what refused it, for quoting; empty for a permit. */
  readonly written: readonly Written[]
}

/** A decision that cannot be explained; the message says why and what to do. */
export class NotExplained extends Error {
  override readonly name = "NotExplained"
}

/** @throws NotExplained when the decision is not kept, or its plan is not, or they do not agree. */
export function replayed(records: RecordStore, plans: PlanStore, id: string, audience: Audience): Replayed {
  const record = records.find(id)
  if (record === undefined) throw new NotExplained(`No decision ${id} is kept here. ${WHAT_IS_KEPT}`)
  const { revision, phase } = record.frame
  const text = plans.find(revision)
  if (text === undefined)
    throw new NotExplained(`The plan ${revision} that made the decision ${id} is not kept here any more.`)
  const frame = replay(readPlan(revision, text).plan, record.frame)
  const verdict = decide(frame, phase)
  const denied = verdict.kind === "deny" ? verdict : undefined
  mustAgree(record, denied)
  return {
    record,
    stages: stagesOf(frame, phase, denied === undefined ? undefined : frame.cursor),
    ...(denied === undefined ? {} : { explanation: explain(denied, audience, phase) }),
    written: denied === undefined ? [] : writtenOf(denied),
  }
}

const WHAT_IS_KEPT =
  "Refusals are always kept, permits in the share that `records.permits` says, both for as long as `records.keep` says. See that the id is whole, and that --data names the gateway's directory."

/** A record that decides otherwise than it did is a fault of ours, and explaining it would be telling a story. */
function mustAgree({ id, verdict, cause }: DecisionRecord, denied: Denial<never> | undefined): void {
  if (verdict === "permit" ? denied === undefined : denied?.cause.code === cause) return
  throw new NotExplained(
    `The decision ${id} was ${cause ?? "permitted"} and decides as ${denied?.cause.code ?? "permitted"} when replayed. This is a fault of this program: please report it with the record.`,
  )
}

function writtenOf({ evidence }: Denial<never>): readonly Written[] {
  return evidence.flatMap(({ source, required, observedSource, observed }): Written[] => [
    ...(required === UNKNOWN ? [] : [{ what: "asked for", source, value: required } as const]),
    ...(observedSource === undefined || observed === UNKNOWN
      ? []
      : [{ what: "held", source: observedSource, value: observed } as const]),
  ])
}

/** A fact of a record, for telling what a decision was about. */
export const factOf = ({ frame }: DecisionRecord, name: string): Value | undefined => frame.facts[name]
