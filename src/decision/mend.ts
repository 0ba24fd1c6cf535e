import type { Fact, Near } from "./fact.ts"
import { type Frame, OUTCOME } from "./frame.ts"
import type { Party } from "./party.ts"
import type { PlannedCheck } from "./plan.ts"
import { placeOf, type Source } from "./source.ts"
import type { Phase } from "./stage.ts"
import { type Judged, passes, survey, unknownSlots } from "./survey.ts"
import { type NonEmpty, UNKNOWN, type Unknown, type Value } from "./value.ts"

/** One thing that could have been different, and who could make it so. */
export type Change =
  /** Another value of a fact. `at`: where the value is written, when it is; the change is then an edit of that place. */
  | {
      readonly kind: "fact"
      readonly fact: Fact<Value, never>
      readonly from: Value | Unknown
      readonly to: Value
      readonly by: Exclude<Party, "nobody">
      readonly at: Source | undefined
    }
  /** Another requirement: an edit of the configuration, which concerns everyone it applies to. */
  | {
      readonly kind: "edit"
      readonly check: PlannedCheck<never>["check"]
      readonly from: Value
      readonly to: Value
      readonly by: "operator"
      readonly at: Source
    }

/** Changes that together let the request pass every clause that could be judged. */
export interface Mending {
  readonly changes: NonEmpty<Change>
  /** What was not read when the request was refused, and may still refuse it. */
  readonly unverified: readonly Fact<Value, never>[]
}

export interface MendLimits {
  /** Most changes in one mending. */
  readonly changes: number
  /** Most frames judged; a search that reaches it returns what it has found. */
  readonly frames: number
}
/** Enough for every search over small requirement lists; the bound is for lists of thousands. */
export const THOROUGH: MendLimits = { changes: 3, frames: 20_000 }

/**
 * The mendings with the fewest changes, cheapest party and narrowest reach first.
 *
 * Each has been judged again through every later clause by the one evaluator; one that does not work is never returned.
 * The frame should be complete: off the hot path, `complete()` reads what the refusal left unread.
 */
export function mend<W>(
  refused: Frame<W>,
  phase: Phase = "request",
  limits: MendLimits = THOROUGH,
): readonly Mending[] {
  const search: Search<W> = { refused, phase, left: limits.frames, most: 0, seen: new Set(), found: [] }
  for (search.most = 1; search.most <= limits.changes; search.most++) {
    search.seen.clear()
    explore(search, NOTHING)
    if (search.found.length > 0 || search.left <= 0) break
  }
  return search.found.sort((a, b) => cost(a) - cost(b)).map(({ step, unverified }) => told(refused, step, unverified))
}

/** Changed slots and edited places. */
interface Step {
  readonly facts: ReadonlyMap<number, Value>
  readonly edits: ReadonlyMap<string, { readonly planned: PlannedCheck<never>; readonly to: Value }>
}
const NOTHING: Step = { facts: new Map(), edits: new Map() }

interface Found {
  readonly step: Step
  readonly unverified: readonly Fact<Value, never>[]
  readonly parties: number
}
interface Search<W> {
  readonly refused: Frame<W>
  readonly phase: Phase
  left: number
  most: number
  readonly seen: Set<string>
  readonly found: Found[]
}

/** The first broken clause must be mended by one of its own checks, so trying each of them misses nothing. */
function explore<W>(search: Search<W>, step: Step): void {
  const key = JSON.stringify([[...step.facts].sort(), [...step.edits].map(([at, { to }]) => [at, to]).sort()])
  if (search.seen.has(key) || search.left-- <= 0) return
  search.seen.add(key)
  const edits = step.edits.size === 0 ? undefined : new Map([...step.edits].map(([at, { to }]) => [at, to]))
  const frame = search.refused.what(step.facts, edits)
  const judged = survey(frame, search.phase)
  if (judged === undefined) return
  const broken = judged.find((it) => isBroken(it, frame))
  if (broken === undefined) {
    if (size(step) > 0) search.found.push(foundAt(search, step, frame, judged))
    return
  }
  for (const planned of broken.planned.checks)
    for (const next of offers(planned, frame, search.refused, step))
      if (size(next) <= search.most) explore(search, next)
}

/** Not held, unless all that is lacking is what nobody has read yet. */
function isBroken<W>({ planned, outcome }: Judged<W>, frame: Frame<W>): boolean {
  if (outcome === OUTCOME.held) return false
  if (outcome === OUTCOME.failed) return true
  return planned.clause.whenUnknown !== "allow" && unknownSlots(planned, frame).some((slot) => !frame.unread(slot))
}

function* offers<W>(planned: PlannedCheck<W>, frame: Frame<W>, refused: Frame<W>, step: Step): Generator<Step> {
  const observed = frame.value(planned.slot)
  const required = frame.required(planned)
  if (observed === UNKNOWN || required === UNKNOWN) return
  const { relation, requirement } = planned.check
  for (const offer of relation.offers(observed, required)) {
    if ("observed" in offer) yield* changed(planned.slot, offer.observed, frame, refused, step)
    else if (requirement.kind === "fact") yield* changed(planned.requiredSlot, offer.required, frame, refused, step)
    else if (requirement.editable)
      yield {
        facts: step.facts,
        edits: new Map(step.edits).set(placeOf(requirement.source), { planned, to: offer.required }),
      }
  }
  const planFact = frame.track.facts[planned.slot]
  if (planFact?.fact.kind === "derived" && planFact.from.length > 0)
    for (const near of nearOf(frame, planned.slot)) yield* moved(near, planFact.from, frame, refused, step)
}

/** A changed fact, as a slot of the frame that was refused. Facts nobody can change, and computed ones, yield nothing. */
function* changed<W>(slot: number, to: Value, frame: Frame<W>, refused: Frame<W>, step: Step): Generator<Step> {
  const planned = frame.track.facts[slot]
  if (planned === undefined || planned.from.length > 0 || planned.fact.party === "nobody") return
  const at = refused.track.facts.findIndex((it) => it.fact === planned.fact)
  if (at >= 0) yield { facts: new Map(step.facts).set(at, to), edits: step.edits }
}

function* moved<W>(
  near: Near,
  from: readonly number[],
  frame: Frame<W>,
  refused: Frame<W>,
  step: Step,
): Generator<Step> {
  let next: Step = step
  for (const { at, to } of near.changes) for (const one of changed(from[at] ?? -1, to, frame, refused, next)) next = one
  if (next !== step) yield next
}

/** What almost matched, closest first; empty for facts that are not computed. */
export function nearOf<W>(frame: Frame<W>, slot: number): readonly Near[] {
  const planned = frame.track.facts[slot]
  if (planned?.fact.kind !== "derived" || planned.fact.near === undefined) return []
  const [a = null, b = null, c = null, d = null] = planned.from.map((it) => frame.value(it))
  if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN || d === UNKNOWN) return []
  return planned.fact.near(a, b, c, d)
}

const size = ({ facts, edits }: Step): number => facts.size + edits.size

/** An edit of a requirement reaches everyone it applies to, so it comes after every change of one caller's facts. */
const COST: Readonly<Record<Exclude<Party, "nobody">, number>> = { caller: 0, owner: 1, operator: 2 }
const EDIT_COST = 8

function foundAt<W>({ refused }: Search<W>, step: Step, frame: Frame<W>, judged: readonly Judged<W>[]): Found {
  const unknown = judged.filter((it) => !passes(it)).flatMap(({ planned }) => unknownSlots(planned, frame))
  const unverified = [...new Set(unknown)].flatMap((slot) => frame.track.facts[slot]?.fact ?? [])
  const parties = [...step.facts.keys()].reduce((sum, slot) => sum + costOf(refused, slot), 0)
  return { step, unverified, parties }
}

const costOf = <W>(frame: Frame<W>, slot: number): number => COST[partyOf(frame, slot)]
const cost = ({ step, parties }: Found): number => parties + step.edits.size * EDIT_COST

function partyOf<W>(frame: Frame<W>, slot: number): Exclude<Party, "nobody"> {
  const party = frame.track.facts[slot]?.fact.party
  if (party === undefined || party === "nobody") throw new Error("a fact nobody can change was changed")
  return party
}

function told<W>(refused: Frame<W>, { facts, edits }: Step, unverified: Mending["unverified"]): Mending {
  const changes: Change[] = []
  for (const [slot, to] of facts) {
    const fact = refused.track.facts[slot]?.fact
    if (fact === undefined) throw new Error("a change names no fact")
    changes.push({
      kind: "fact",
      fact,
      from: refused.value(slot),
      to,
      by: partyOf(refused, slot),
      at: refused.source(slot),
    })
  }
  for (const { planned, to } of edits.values()) {
    const { requirement } = planned.check
    if (requirement.kind === "fact") throw new Error("an edit names no place")
    changes.push({
      kind: "edit",
      check: planned.check,
      from: requirement.value,
      to,
      by: "operator",
      at: requirement.source,
    })
  }
  const [first, ...rest] = changes
  if (first === undefined) throw new Error("a mending changes nothing")
  return { changes: [first, ...rest], unverified }
}
