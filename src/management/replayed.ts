import { readPlan } from "../config/stored-plan.ts"
import { type Denial, decide } from "../decision/decide.ts"
import { type Explanation, explain, type Stop, trackOf } from "../decision/explain.ts"
import type { Audience } from "../decision/party.ts"
import { replay } from "../decision/record.ts"
import type { Value } from "../decision/value.ts"
import type { DecisionRecord, PlanStore, RecordStore } from "../ports/records.ts"

/** A kept decision, decided again by the plan that made it. */
export interface Replayed {
  readonly record: DecisionRecord
  /** The stages it met, in order. */
  readonly track: readonly Stop[]
  /** Absent for a permit. */
  readonly explanation?: Explanation
}

/** A decision that cannot be explained; the message says why and what to do. */
export class NotExplained extends Error {
  override readonly name = "NotExplained"
}

/** @throws NotExplained when the decision is not kept, or its plan is not, or they do not agree. */
export function replayed(records: RecordStore, plans: PlanStore, id: string, audience: Audience): Replayed {
  const record = records.find(id)
  if (record === undefined)
    throw new NotExplained(
      `No decision ${id} is kept here. Refusals always are, permits as \`records.permits\` says, both for as long as \`records.keep\` says; see that --data names the gateway's directory.`,
    )
  const { revision, phase } = record.frame
  const text = plans.find(revision)
  if (text === undefined)
    throw new NotExplained(`The plan ${revision} that made the decision ${id} is not kept here any more.`)
  const frame = replay(readPlan(revision, text).plan, record.frame)
  const verdict = decide(frame, phase)
  const denied = verdict.kind === "deny" ? verdict : undefined
  mustAgree(record, denied)
  if (denied === undefined) return { record, track: trackOf(frame) }
  return { record, track: trackOf(frame), explanation: explain(denied, audience, phase) }
}

/** A record that decides otherwise than it did is a fault of ours, and explaining it would be telling a story. */
function mustAgree({ id, verdict, cause }: DecisionRecord, denied: Denial<never> | undefined): void {
  if (verdict === "permit" ? denied === undefined : denied?.cause.code === cause) return
  throw new NotExplained(
    `The decision ${id} was ${cause ?? "permitted"} and decides as ${denied?.cause.code ?? "permitted"} when replayed. This is a fault of this program: please report it with the record.`,
  )
}

/** A fact of a record, for telling what a decision was about. */
export const factOf = ({ frame }: DecisionRecord, name: string): Value | undefined => frame.facts[name]
