import type { Check, Clause } from "./check.ts"
import type { DerivedFact, Fact } from "./fact.ts"
import type { Relation } from "./relation.ts"
import { lineOf, placeOf, type Source } from "./source.ts"
import { PHASES, type Phase, phaseOf, type Stage, stageRank } from "./stage.ts"
import { same, type Value } from "./value.ts"

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
  /** Names what an edit would change: the same value written at the same place, wherever it is met. */
  readonly place: string
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
  readonly ends: Readonly<Record<Phase, number>>
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
  mustBeAtHand(common, selector)
  const prelude: Track<W> = {
    name: "",
    clauses: [],
    ends: { request: 0, body: 0, upstream: 0 },
    facts: common,
    checkCount: 0,
  }
  const places: Places = new Map()
  const built = new Map<string, Track<W>>()
  for (const [name, clauses] of tracks) built.set(name, track(name, clauses, common, places))
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

function track<W>(
  name: string,
  clauses: readonly Clause<W>[],
  common: readonly PlannedFact<W>[],
  places: Places,
): Track<W> {
  const facts = [...common]
  const ordered = [...clauses].sort((a, b) => stageRank(a.stage) - stageRank(b.stage))
  let checkCount = 0
  const planned = ordered.map((clause): PlannedClause<W> => {
    const checks = clause.anyOf.map((it) => planCheck(it, clause.stage, facts, checkCount++, places))
    return { clause, checks, fetches: fetchesOf(checks, facts) }
  })
  const upTo = (phase: Phase): number =>
    planned.filter(({ clause }) => PHASES.indexOf(phaseOf(clause.stage)) <= PHASES.indexOf(phase)).length
  const ends = { request: upTo("request"), body: upTo("body"), upstream: upTo("upstream") }
  return Object.freeze({ name, clauses: planned, ends, facts, checkCount })
}

function planCheck<W>(
  check: Check<W>,
  stage: Stage,
  facts: PlannedFact<W>[],
  at: number,
  places: Places,
): PlannedCheck<W> {
  const { fact, relation, requirement } = check
  mustBeKnown(fact, stage)
  if (requirement.kind === "fact") mustBeKnown(requirement.fact, stage)
  return {
    check,
    slot: slotOf(facts, fact),
    requiredSlot: requirement.kind === "fact" ? slotOf(facts, requirement.fact) : -1,
    holds: requirement.kind === "fact" ? never : prepared(relation, requirement.value),
    at,
    place: requirement.kind === "fact" ? "" : place(requirement.source, requirement.value, places),
  }
}

/** What is written at each place of a plan. */
type Places = Map<string, Value[]>

/** One line of configuration may turn into several requirements; editing one must not put its value into the others. */
function place(source: Source, value: Value, places: Places): string {
  if (typeof value === "number" && !Number.isFinite(value))
    throw new PlanFault(`${lineOf(source)} requires ${value}, which cannot be stored`)
  const name = placeOf(source)
  const written = places.get(name) ?? []
  places.set(name, written)
  const seen = written.findIndex((it) => same(it, value))
  const at = seen >= 0 ? seen : written.push(value) - 1
  return at === 0 ? name : `${name} (${at + 1})`
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

/** A track is chosen before anything is judged, so there is nothing yet that could wait, or be refused and given back. */
function mustBeAtHand<W>(facts: readonly PlannedFact<W>[], selector: Fact<string, W>): void {
  for (const { fact } of facts)
    if (fact.kind === "fetched" || fact.kind === "reserved")
      throw new PlanFault(`${selector.name} chooses the track, so ${fact.name} cannot be ${fact.kind}`)
}

function slotOf<W>(facts: PlannedFact<W>[], fact: Fact<Value, W>): number {
  const seen = facts.findIndex((it) => it.fact === fact)
  if (seen >= 0) return seen
  if (facts.some((it) => it.fact.name === fact.name)) throw new PlanFault(`two facts are named ${fact.name}`)
  const from = fact.kind === "derived" ? inputs(fact, facts) : []
  return facts.push({ fact, from }) - 1
}

const MOST_INPUTS = 4

function inputs<W>({ name, since, from }: DerivedFact<Value>, facts: PlannedFact<W>[]): readonly number[] {
  if (from.length === 0 || from.length > MOST_INPUTS)
    throw new PlanFault(`${name} is computed from ${from.length} facts; one to ${MOST_INPUTS} are possible`)
  const late = from.find((it) => stageRank(it.since) > stageRank(since))
  if (late !== undefined)
    throw new PlanFault(
      `${name} is known from stage ${since}, but is computed from ${late.name}, of stage ${late.since}`,
    )
  return from.map((it) => slotOf(facts, it))
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
