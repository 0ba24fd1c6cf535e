import { readPlan, type StoredPlan } from "../config/stored-plan.ts"
import { type Denial, decide } from "../decision/decide.ts"
import { type Explanation, explain } from "../decision/explain.ts"
import { type Mending, mend } from "../decision/mend.ts"
import type { Audience } from "../decision/party.ts"
import { type Neighbour, reach } from "../decision/reach.ts"
import { replay } from "../decision/record.ts"
import type { Source } from "../decision/source.ts"
import { UNKNOWN, type Value } from "../decision/value.ts"
import type { KeyDirectory } from "../ports/keys.ts"
import type { DecisionRecord, PlanStore, RecordStore } from "../ports/records.ts"
import { neighbourhood } from "./neighbourhood.ts"
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

/** Where decisions, plans and keys are kept. */
export interface Kept {
  readonly records: RecordStore
  readonly plans: PlanStore
  readonly keys: KeyDirectory
}

/** @throws NotExplained when the decision is not kept, or its plan is not, or they do not agree. */
export function replayed({ records, plans, keys }: Kept, id: string, audience: Audience): Replayed {
  const record = records.find(id)
  if (record === undefined) throw new NotExplained(`No decision ${id} is kept here. ${WHAT_IS_KEPT}`)
  const { revision, phase } = record.frame
  const text = plans.find(revision)
  if (text === undefined)
    throw new NotExplained(`The plan ${revision} that made the decision ${id} is not kept here any more.`)
  const stored = readPlan(revision, text)
  const frame = replay(stored.plan, record.frame)
  const verdict = decide(frame, phase)
  const denied = verdict.kind === "deny" ? verdict : undefined
  mustAgree(record, denied)
  return {
    record,
    stages: stagesOf(frame, phase, denied === undefined ? undefined : frame.cursor),
    ...(denied === undefined ? {} : { explanation: explained(denied, audience, record, stored, keys) }),
    written: denied === undefined ? [] : writtenOf(denied),
  }
}

/** Operators are also told whom else each mend would let in. */
function explained(
  denied: Denial<never>,
  audience: Audience,
  record: DecisionRecord,
  stored: StoredPlan,
  keys: KeyDirectory,
): Explanation {
  const { phase } = record.frame
  const told = explain(denied, audience, phase)
  if (audience !== "operator" || told.mends.length === 0) return told
  const written = stored.keys.map((it) => ({ ...it, status: "active" }))
  const neighbours = neighbourhood(stored, [...written, ...keys.list()], record)
  // The same search on the same frame: the mends told are its first ones.
  const mendings = mend(denied.frame, phase)
  return { ...told, mends: told.mends.map((it, i) => ({ ...it, ...reachOf(mendings[i], neighbours) })) }
}

const reachOf = (mending: Mending | undefined, neighbours: readonly Neighbour<never>[]) =>
  mending === undefined ? {} : { reach: reach(mending, neighbours) }

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
