import type { Check, Clause } from "./check.ts"
import type { DerivedFact, Fact, ReadFact } from "./fact.ts"
import { Places } from "./places.ts"
import { lineOf } from "./source.ts"
import { PHASES, type Phase, phaseOf, type Stage, stageRank } from "./stage.ts"
import { Pool, readersOf, type Strip, stripOf } from "./strip.ts"
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
  /** Names what an edit would change: the same value written at the same place, wherever it is met. */
  readonly place: number
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
  const pool = new Pool<W>()
  const places = new Places()
  const common: PlannedFact<W>[] = []
  const slot = slotOf(common, selector, pool)
  mustBeAtHand(common, selector)
  const built = new Map<string, Track<W>>()
  const shared = new Map<readonly Clause<W>[], Track<W>>()
  for (const [name, clauses] of tracks) {
    const track = shared.get(clauses) ?? trackOf(clauses, common, pool, places)
    shared.set(clauses, track)
    built.set(name, track)
  }
  const all = [...shared.values()]
  return Object.freeze({
    revision,
    selector: { fact: selector, slot },
    prelude: trackOf([], common, pool, places),
    tracks: built,
    slots: Math.max(common.length, ...all.map((it) => it.facts.length)),
    checks: Math.max(0, ...all.map((it) => it.checkCount)),
  })
}

function trackOf<W>(
  clauses: readonly Clause<W>[],
  common: readonly PlannedFact<W>[],
  pool: Pool<W>,
  places: Places,
): Track<W> {
  const facts = [...common]
  const ordered = [...clauses].sort((a, b) => stageRank(a.stage) - stageRank(b.stage))
  let checkCount = 0
  const planned = ordered.map((clause): PlannedClause<W> => {
    const checks = clause.anyOf.map((it) => planCheck(it, clause.stage, facts, checkCount++, pool, places))
    return { clause, checks, fetches: fetchesOf(checks, facts) }
  })
  const upTo = (phase: Phase): number =>
    planned.filter(({ clause }) => PHASES.indexOf(phaseOf(clause.stage)) <= PHASES.indexOf(phase)).length
  return Object.freeze({
    clauses: planned,
    ends: { request: upTo("request"), body: upTo("body"), upstream: upTo("upstream") },
    facts,
    checkCount,
    waits: planned.flatMap(({ fetches }, at) => (fetches.length > 0 ? [at] : [])),
    strip: stripOf(planned),
    readers: readersOf(facts),
  })
}

function planCheck<W>(
  check: Check<W>,
  stage: Stage,
  facts: PlannedFact<W>[],
  at: number,
  pool: Pool<W>,
  places: Places,
): PlannedCheck<W> {
  const { fact, relation, requirement } = check
  mustBeKnown(fact, stage)
  const slot = slotOf(facts, fact, pool)
  if (requirement.kind === "fact") {
    mustBeKnown(requirement.fact, stage)
    return { check, slot, requiredSlot: slotOf(facts, requirement.fact, pool), holds: never, at, place: NOWHERE }
  }
  const { source, value } = requirement
  if (typeof value === "number" && !Number.isFinite(value))
    throw new PlanFault(`${lineOf(source)} requires ${value}, which cannot be stored`)
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

function slotOf<W>(facts: PlannedFact<W>[], fact: Fact<Value, W>, pool: Pool<W>): number {
  const seen = facts.findIndex((it) => it.fact === fact)
  if (seen >= 0) return seen
  if (facts.some((it) => it.fact.name === fact.name)) throw new PlanFault(`two facts are named ${fact.name}`)
  const from = fact.kind === "derived" ? inputs(fact, facts, pool) : []
  return facts.push(pool.fact(fact, from)) - 1
}

const MOST_INPUTS = 4

function inputs<W>(
  { name, since, from }: DerivedFact<Value>,
  facts: PlannedFact<W>[],
  pool: Pool<W>,
): readonly number[] {
  if (from.length === 0 || from.length > MOST_INPUTS)
    throw new PlanFault(`${name} is computed from ${from.length} facts; one to ${MOST_INPUTS} are possible`)
  const late = from.find((it) => stageRank(it.since) > stageRank(since))
  if (late !== undefined)
    throw new PlanFault(
      `${name} is known from stage ${since}, but is computed from ${late.name}, of stage ${late.since}`,
    )
  return from.map((it) => slotOf(facts, it, pool))
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
