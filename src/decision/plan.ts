import type { Check, Clause } from "./check.ts"
import type { Fact } from "./fact.ts"
import type { Relation } from "./relation.ts"
import { PHASES, phaseOf, type Stage, stageRank } from "./stage.ts"
import type { Value } from "./value.ts"

/** A check with its facts resolved to slots, so that the hot path indexes and never looks up. */
export interface PlannedCheck<W> {
  readonly check: Check<W>
  readonly slot: number
  /** Where the requirement is itself a fact; -1 where it is written. */
  readonly requiredSlot: number
  /** The relation with the written requirement built in. */
  readonly holds: (observed: Value) => boolean
  /** Its place among all checks of the track. */
  readonly at: number
}

export interface PlannedClause<W> {
  readonly clause: Clause<W>
  readonly checks: readonly PlannedCheck<W>[]
  /** Slots that must be fetched before this clause can be judged; almost always none. */
  readonly fetches: readonly number[]
}

/** A fact at its slot, with the slots of those it is computed from. */
export interface PlannedFact<W> {
  readonly fact: Fact<Value, W>
  readonly from: readonly number[]
}

/** The clauses one kind of request meets, in the order they are judged, and every fact they may read. */
export interface Track<W> {
  readonly name: string
  readonly clauses: readonly PlannedClause<W>[]
  /** One past the last clause of each phase. */
  readonly ends: readonly [request: number, body: number, upstream: number]
  readonly facts: readonly PlannedFact<W>[]
  readonly checkCount: number
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
  /** By the selector's value. */
  readonly tracks: ReadonlyMap<string, readonly Clause<W>[]>
}

/** A plan that contradicts itself: a fault of whoever wrote a policy, found when the plan is built. */
export class PlanFault extends Error {
  override readonly name = "PlanFault"
}

export function plan<W>({ revision, selector, tracks }: PlanSpec<W>): Plan<W> {
  const common: PlannedFact<W>[] = []
  const slot = slotOf(common, selector)
  const prelude: Track<W> = { name: "", clauses: [], ends: [0, 0, 0], facts: common, checkCount: 0 }
  const built = new Map<string, Track<W>>()
  for (const [name, clauses] of tracks) built.set(name, track(name, clauses, common))
  const all = [...built.values()]
  return Object.freeze({
    revision,
    selector: { fact: selector, slot },
    prelude,
    tracks: built,
    slots: Math.max(common.length, ...all.map((it) => it.facts.length)),
    checks: Math.max(0, ...all.map((it) => it.checkCount)),
  })
}

function track<W>(name: string, clauses: readonly Clause<W>[], common: readonly PlannedFact<W>[]): Track<W> {
  const facts = [...common]
  const ordered = [...clauses].sort((a, b) => stageRank(a.stage) - stageRank(b.stage))
  let checkCount = 0
  const planned = ordered.map((clause): PlannedClause<W> => {
    const checks = clause.anyOf.map((it) => planCheck(it, clause.stage, facts, checkCount++))
    return { clause, checks, fetches: fetchesOf(checks, facts) }
  })
  const upTo = (phase: number): number =>
    planned.filter(({ clause }) => PHASES.indexOf(phaseOf(clause.stage)) <= phase).length
  const ends: Track<W>["ends"] = [upTo(0), upTo(1), upTo(2)]
  return Object.freeze({ name, clauses: planned, ends, facts, checkCount })
}

function planCheck<W>(check: Check<W>, stage: Stage, facts: PlannedFact<W>[], at: number): PlannedCheck<W> {
  const { fact, relation, requirement } = check
  mustBeKnown(fact, stage)
  if (requirement.kind === "fact") mustBeKnown(requirement.fact, stage)
  return {
    check,
    slot: slotOf(facts, fact),
    requiredSlot: requirement.kind === "fact" ? slotOf(facts, requirement.fact) : -1,
    holds: requirement.kind === "fact" ? never : prepared(relation, requirement.value),
    at,
  }
}

/** The predicate for a written requirement; prepared where the relation can. */
function prepared(relation: Relation<Value, Value>, required: Value): (observed: Value) => boolean {
  return relation.prepare?.(required) ?? ((observed) => relation.holds(observed, required))
}

const never = (): boolean => {
  throw new PlanFault("a requirement that is a fact has no prepared predicate")
}

function mustBeKnown<W>(fact: Fact<Value, W>, stage: Stage): void {
  if (stageRank(fact.since) > stageRank(stage))
    throw new PlanFault(`${fact.name} is known only from stage ${fact.since}, but a clause of stage ${stage} reads it`)
}

function slotOf<W>(facts: PlannedFact<W>[], fact: Fact<Value, W>): number {
  const seen = facts.findIndex((it) => it.fact === fact)
  if (seen >= 0) return seen
  if (facts.some((it) => it.fact.name === fact.name)) throw new PlanFault(`two facts are named ${fact.name}`)
  const from = fact.kind === "derived" ? fact.from.map((it) => slotOf(facts, it)) : []
  return facts.push({ fact, from }) - 1
}

function fetchesOf<W>(checks: readonly PlannedCheck<W>[], facts: readonly PlannedFact<W>[]): readonly number[] {
  const found = new Set<number>()
  const visit = (slot: number): void => {
    const planned = facts[slot]
    if (planned?.fact.kind === "fetched") found.add(slot)
    planned?.from.forEach(visit)
  }
  for (const { slot, requiredSlot } of checks) {
    visit(slot)
    if (requiredSlot >= 0) visit(requiredSlot)
  }
  return [...found]
}
