import type { Near } from "./fact.ts"
import type { Edits, Frame } from "./frame.ts"
import { type Audience, narrower } from "./party.ts"
import type { PlannedCheck, PlannedClause, PlannedFact } from "./plan.ts"
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

/** The ways on from a step, each met once. */
export class Ways<W> {
  readonly #refused: Frame<W>
  readonly #seen = new Set<string>()
  readonly #names = new Map<Value, number>()
  readonly #lists = new Map<string, number>()
  readonly #offers = new Map<PlannedCheck<W>, Map<string, readonly Offer<Value, Value>[]>>()

  constructor(refused: Frame<W>) {
    this.#refused = refused
  }

  /** Steps after which `broken` may hold. `frame`: the step as judged. */
  *from(step: Step<W>, broken: PlannedClause<W>, frame: Frame<W>): Generator<Step<W>> {
    for (const planned of broken.checks)
      for (const next of this.#mending(planned, frame, step)) if (this.#isNew(next)) yield next
  }

  *#mending(planned: PlannedCheck<W>, frame: Frame<W>, before: Step<W>): Generator<Step<W>> {
    const { fact, requirement } = planned.check
    const observed = frame.value(planned.slot)
    const required = frame.required(planned)
    yield* this.#nearby(planned.slot, frame, { ...before, shownTo: narrower(before.shownTo, fact.shownTo) })
    const made = { ...before, shownTo: narrower(before.shownTo, shownTo(planned)) }
    if (requirement.kind === "fact") yield* this.#nearby(planned.requiredSlot, frame, made)
    if (observed === UNKNOWN || required === UNKNOWN) return
    for (const offer of this.#offersOf(planned, observed, required)) {
      const next =
        "observed" in offer
          ? this.#changed(made, frame, planned.slot, offer.observed)
          : requirement.kind === "fact"
            ? this.#changed(made, frame, planned.requiredSlot, offer.required)
            : requirement.editable
              ? this.#edited(made, planned, requirement.value, offer.required)
              : undefined
      if (next !== undefined) yield next
    }
  }

  *#nearby(slot: number, frame: Frame<W>, step: Step<W>): Generator<Step<W>> {
    const from = frame.track.facts[slot]?.from
    if (from === undefined) return
    for (const near of nearOf(frame, slot)) {
      let next: Step<W> | undefined = step
      for (const { at, to } of near.changes) next &&= this.#changed(next, frame, from[at] ?? -1, to)
      if (next !== undefined && next !== step) yield next
    }
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
    const known = this.#offers.get(planned) ?? new Map<string, readonly Offer<Value, Value>[]>()
    this.#offers.set(planned, known)
    const key = `${this.#nameOf(observed)}/${this.#nameOf(required)}`
    const before = known.get(key)
    if (before !== undefined) return before
    const offers = planned.check.relation.offers(observed, required)
    known.set(key, offers)
    return offers
  }

  #isNew({ facts, edits }: Step<W>): boolean {
    const parts: string[] = []
    for (const [slot, to] of facts) parts.push(`${slot}=${this.#nameOf(to)}`)
    if (edits !== undefined) for (const [place, to] of edits) parts.push(`${place}=${this.#nameOf(to)}`)
    const key = parts.length > 1 ? parts.sort().join(" ") : (parts[0] ?? "")
    if (key === "" || this.#seen.has(key)) return false
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

/** Who may be told a value that was made of both sides of a check. */
const shownTo = <W>({ check: { fact, requirement } }: PlannedCheck<W>): Audience =>
  narrower(fact.shownTo, requirement.kind === "fact" ? requirement.fact.shownTo : requirement.shownTo)

/** What almost matched, closest first; empty for facts that are not computed. */
export function nearOf<W>(frame: Frame<W>, slot: number): readonly Near[] {
  const planned = frame.track.facts[slot]
  if (planned?.fact.kind !== "derived" || planned.fact.near === undefined) return []
  const [a = null, b = null, c = null, d = null] = planned.from.map((it) => frame.value(it))
  if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN || d === UNKNOWN) return []
  return planned.fact.near(a, b, c, d)
}
