import type { Edits, Frame } from "./frame.ts"
import { nearOf } from "./near.ts"
import { type Audience, maySee, narrower } from "./party.ts"
import type { PlannedClause } from "./plan.ts"
import type { PlannedCheck, PlannedFact } from "./planned.ts"
import type { Offer } from "./relation.ts"
import { isList, same, UNKNOWN, type Value } from "./value.ts"

/** Some changed facts, by slot of the frame that was refused, and some edited requirements. */
export interface Step<W> {
  readonly facts: ReadonlyMap<number, Value>
  readonly edits: Edits | undefined
  readonly edited: readonly PlannedCheck<W>[]
  readonly size: number
  /** Who may see all that its values were made of. */
  readonly shownTo: Audience
}
export const NOTHING: Step<never> = { facts: new Map(), edits: undefined, edited: [], size: 0, shownTo: "anonymous" }

interface Offers {
  readonly required: Value
  readonly offers: readonly Offer<Value, Value>[]
}

/** The ways on from a step, each met once. */
export class Ways<W> {
  readonly #refused: Frame<W>
  readonly #audience: Audience
  readonly #seen = new Set<string>()
  readonly #names = new Map<Value, number>()
  readonly #lists = new Map<string, number>()
  readonly #offers = new Map<PlannedCheck<W>, Map<Value, Offers>>()

  /** Only ways that `audience` may be told. */
  constructor(refused: Frame<W>, audience: Audience) {
    this.#refused = refused
    this.#audience = audience
  }

  /** Steps after which `broken` may hold. `frame`: the step as judged. */
  from(step: Step<W>, broken: PlannedClause<W>, frame: Frame<W>): readonly Step<W>[] {
    const next: Step<W>[] = []
    for (const planned of broken.checks) this.#mending(planned, frame, step, next)
    return next
  }

  #mending(planned: PlannedCheck<W>, frame: Frame<W>, before: Step<W>, into: Step<W>[]): void {
    const { fact, requirement } = planned.check
    const observed = frame.value(planned.slot)
    const required = frame.required(planned)
    this.#nearby(planned.slot, frame, toldTo(before, fact.shownTo), into)
    const asks = requirement.kind === "fact" ? requirement.fact.shownTo : requirement.shownTo
    const step = toldTo(before, narrower(fact.shownTo, asks))
    if (requirement.kind === "fact") this.#nearby(planned.requiredSlot, frame, step, into)
    if (observed === UNKNOWN || required === UNKNOWN || !this.#mayBeTold(step)) return
    for (const offer of this.#offersOf(planned, observed, required)) {
      if ("observed" in offer) this.#keep(this.#changed(step, frame, planned.slot, offer.observed), into)
      else if (requirement.kind === "fact")
        this.#keep(this.#changed(step, frame, planned.requiredSlot, offer.required), into)
      else if (requirement.editable && this.#audience === "operator")
        this.#keep(this.#edited(step, planned, requirement.value, offer.required), into)
    }
  }

  #nearby(slot: number, frame: Frame<W>, step: Step<W>, into: Step<W>[]): void {
    const from = frame.track.facts[slot]?.from
    if (from === undefined || from.length === 0 || !this.#mayBeTold(step)) return
    for (const near of nearOf(frame, slot)) {
      let next: Step<W> | undefined = step
      for (const { at, to } of near.changes) next &&= this.#changed(next, frame, from[at] ?? -1, to)
      this.#keep(next, into)
    }
  }

  #keep(step: Step<W> | undefined, into: Step<W>[]): void {
    if (step !== undefined && this.#mayBeTold(step) && this.#isNew(step)) into.push(step)
  }

  #mayBeTold({ shownTo }: Step<W>): boolean {
    return maySee(this.#audience, shownTo)
  }

  /** A changed fact, as a slot of the frame that was refused. Facts nobody can change, and computed ones, are no way out. */
  #changed(step: Step<W>, frame: Frame<W>, slot: number, to: Value): Step<W> | undefined {
    const planned = frame.track.facts[slot]
    if (planned === undefined || planned.from.length > 0 || planned.fact.party === "nobody") return undefined
    const at = this.#slotOf(planned, frame, slot)
    if (at < 0) return undefined
    const facts = new Map(step.facts)
    if (same(to, this.#refused.value(at))) facts.delete(at)
    else facts.set(at, to)
    const size = facts.size + step.edited.length
    return { ...step, facts, size, shownTo: narrower(step.shownTo, planned.fact.shownTo) }
  }

  #slotOf({ fact }: PlannedFact<W>, frame: Frame<W>, slot: number): number {
    const { track } = this.#refused
    return track === frame.track ? slot : track.facts.findIndex((it) => it.fact === fact)
  }

  #edited(step: Step<W>, planned: PlannedCheck<W>, original: Value, to: Value): Step<W> {
    const edits = new Map(step.edits)
    const others = step.edited.filter((it) => it.place !== planned.place)
    if (same(to, original)) edits.delete(planned.place)
    else edits.set(planned.place, to)
    const edited = same(to, original) ? others : [...others, planned]
    return { ...step, edits, edited, size: step.facts.size + edited.length, shownTo: "operator" }
  }

  /** Ranking a long list by likeness is dear, and the same list is met again in every step. */
  #offersOf(planned: PlannedCheck<W>, observed: Value, required: Value): readonly Offer<Value, Value>[] {
    const byObserved = this.#offers.get(planned) ?? new Map<Value, Offers>()
    const known = byObserved.get(observed)
    if (known !== undefined && known.required === required) return known.offers
    const offers = planned.check.relation.offers(observed, required)
    this.#offers.set(planned, byObserved.set(observed, { required, offers }))
    return offers
  }

  #isNew({ facts, edits, size }: Step<W>): boolean {
    if (size === 0) return false
    const parts: string[] = []
    for (const [slot, to] of facts) parts.push(`${slot}=${this.#nameOf(to)}`)
    if (edits !== undefined) for (const [place, to] of edits) parts.push(`@${place}=${this.#nameOf(to)}`)
    const key = parts.length === 1 ? (parts[0] ?? "") : parts.sort().join(" ")
    if (this.#seen.has(key)) return false
    this.#seen.add(key)
    return true
  }

  /** A number for each value, equal for equal ones, so that lists of thousands are compared once. */
  #nameOf(value: Value): number {
    const known = this.#names.get(value)
    if (known !== undefined) return known
    const text = isList(value) ? JSON.stringify(value) : undefined
    const name = (text === undefined ? undefined : this.#lists.get(text)) ?? this.#names.size
    this.#names.set(value, name)
    if (text !== undefined) this.#lists.set(text, name)
    return name
  }
}

/** A step on which values are made of what only `audience` may see. */
function toldTo<W>(step: Step<W>, audience: Audience): Step<W> {
  const shownTo = narrower(step.shownTo, audience)
  return shownTo === step.shownTo ? step : { ...step, shownTo }
}
