import type { Check, Clause } from "./check.ts"
import { inCheck, inFacts, inSelector } from "./contradictions.ts"
import type { Fact, ReadFact } from "./fact.ts"
import { Places } from "./places.ts"
import type { PlannedCheck, PlannedFact } from "./planned.ts"
import { Pool } from "./pool.ts"
import { Slots } from "./slots.ts"
import { type Phase, phaseOf, phaseRank, type Stage, stageRank } from "./stage.ts"
import { readersOf, type Strip, stripOf } from "./strip.ts"
import type { Value } from "./value.ts"

export interface PlannedClause<W> {
  readonly clause: Clause<W>
  readonly checks: readonly PlannedCheck<W>[]
  /** Slots that must be fetched before this clause can be judged; almost always none. */
  readonly fetches: readonly number[]
}

/** The clauses one kind of request meets, in the order they are judged, and every fact they may read. */
export interface Track<W> {
  readonly clauses: readonly PlannedClause<W>[]
  /** One past the last clause of each phase. */
  readonly ends: Readonly<Record<Phase, number>>
  readonly facts: readonly PlannedFact<W>[]
  readonly checkCount: number
  /** Clauses that must fetch something, by number; of most tracks none. */
  readonly waits: readonly number[]
  /** The same once more, as judging and reading go through it. */
  readonly strip: Strip<W>
  readonly readers: readonly (ReadFact<Value, W> | undefined)[]
}

/** Which track a request is on is itself a fact, so that a counterfactual that changes the path changes the track. */
export interface Selector<W> {
  readonly fact: Fact<string, W>
  readonly slot: number
}

/** All clauses in stage order. Immutable, and named by its content. */
export interface Plan<W> {
  readonly revision: string
  readonly selector: Selector<W>
  /** Facts the selector is computed from: at the same slots on every track. */
  readonly prelude: Track<W>
  readonly tracks: ReadonlyMap<string, Track<W>>
  /** More than any track needs, so that one frame fits all. */
  readonly slots: number
  readonly checks: number
}

export interface PlanSpec<W> {
  readonly revision: string
  readonly selector: Fact<string, W>
  /** By the selector's value. Names that share one list share one track: a thousand routes alike cost what one does. */
  readonly tracks: ReadonlyMap<string, readonly Clause<W>[]>
}

/** A plan that contradicts itself: a fault of whoever wrote a policy, found when the plan is built. */
export class PlanFault extends Error {
  override readonly name = "PlanFault"
}

export function plan<W>({ revision, selector, tracks }: PlanSpec<W>): Plan<W> {
  const shared: Shared<W> = { pool: new Pool<W>(), places: new Places() }
  const slots = new Slots(shared.pool)
  const slot = slots.of(selector)
  const common = slots.facts
  mustAgree(inFacts(common) ?? inSelector(selector, common))
  const built = new Map<string, Track<W>>()
  const byList = new Map<readonly Clause<W>[], Track<W>>()
  for (const [name, clauses] of tracks) {
    const track = byList.get(clauses) ?? trackOf(clauses, common, shared)
    byList.set(clauses, track)
    built.set(name, track)
  }
  const all = [...byList.values()]
  return Object.freeze({
    revision,
    selector: { fact: selector, slot },
    prelude: trackOf([], common, shared),
    tracks: built,
    slots: Math.max(common.length, ...all.map((it) => it.facts.length)),
    checks: Math.max(0, ...all.map((it) => it.checkCount)),
  })
}

/** What is made and numbered once for all tracks. */
interface Shared<W> {
  readonly pool: Pool<W>
  readonly places: Places
}

function trackOf<W>(clauses: readonly Clause<W>[], common: readonly PlannedFact<W>[], shared: Shared<W>): Track<W> {
  const slots = new Slots(shared.pool, common)
  const ordered = [...clauses].sort((a, b) => stageRank(a.stage) - stageRank(b.stage))
  let checkCount = 0
  const planned = ordered.map((clause): PlannedClause<W> => {
    const checks = clause.anyOf.map((it) => planCheck(it, clause.stage, slots, checkCount++, shared))
    return { clause, checks, fetches: slots.fetches(checks) }
  })
  mustAgree(inFacts(slots.facts))
  const upTo = (phase: Phase): number =>
    planned.filter(({ clause }) => phaseRank(phaseOf(clause.stage)) <= phaseRank(phase)).length
  return Object.freeze({
    clauses: planned,
    ends: { request: upTo("request"), body: upTo("body"), upstream: upTo("upstream"), answer: upTo("answer") },
    facts: slots.facts,
    checkCount,
    waits: planned.flatMap(({ fetches }, at) => (fetches.length > 0 ? [at] : [])),
    strip: stripOf(planned.map(({ checks }) => checks)),
    readers: readersOf(slots.facts),
  })
}

function planCheck<W>(
  check: Check<W>,
  stage: Stage,
  slots: Slots<W>,
  at: number,
  { pool, places }: Shared<W>,
): PlannedCheck<W> {
  mustAgree(inCheck(check, stage))
  const { fact, relation, requirement } = check
  const slot = slots.of(fact)
  if (requirement.kind === "fact")
    return { check, slot, requiredSlot: slots.of(requirement.fact), holds: never, at, place: NOWHERE }
  const { source, value } = requirement
  return {
    check,
    slot,
    requiredSlot: -1,
    holds: pool.predicate(relation, value),
    at,
    place: places.number(source, value),
  }
}

/** Of requirements that are facts: they are not written, so not edited. */
const NOWHERE = -1

const never = (): boolean => {
  throw new PlanFault("a requirement that is a fact has no prepared predicate")
}

function mustAgree(contradiction: string | undefined): void {
  if (contradiction !== undefined) throw new PlanFault(contradiction)
}
