import type { DerivedFact, ReservedFact } from "./fact.ts"
import type { Plan, Track } from "./plan.ts"
import { Reservations } from "./reservations.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

/** In a slot nobody has read; whoever asks for it reads it. */
const UNREAD: unique symbol = Symbol("unread")
const NO_FAULTS: readonly unknown[] = Object.freeze([])

/** The facts of one request at their slots: each is read once, on first use, and kept. */
export class Readings<W> {
  readonly plan: Plan<W>
  track: Track<W>
  /** What threw while a fact was read. The fact is then unknown; the fault is for the operator's log. */
  faults: readonly unknown[] = NO_FAULTS
  /** Counts the requests it was used for. */
  epoch = 0
  readonly #values: (Value | Unknown | typeof UNREAD)[]
  #reservations: Reservations<W> | undefined
  #world: W | undefined

  constructor(plan: Plan<W>, world: W | undefined) {
    this.plan = plan
    this.track = plan.prelude
    this.#values = new Array<Value | Unknown | typeof UNREAD>(plan.slots).fill(UNREAD)
    this.#world = world
    this.#reservations = undefined
  }

  /** Nothing of a request outlives it. Without a world it holds what it is given, and nothing else. */
  reset(world: W | undefined): this {
    this.epoch++
    for (let slot = 0; slot < this.#values.length; slot++) this.#values[slot] = UNREAD
    this.track = this.plan.prelude
    this.faults = NO_FAULTS
    this.#world = world
    this.#reservations?.forget()
    return this
  }

  /** What its facts are read from: only the readings of a live request have one. */
  get world(): W | undefined {
    return this.#world
  }

  isFilled(slot: number): boolean {
    return this.#values[slot] !== UNREAD
  }

  value(slot: number): Value | Unknown {
    const known = this.#values[slot]
    return known === UNREAD || known === undefined ? this.#fill(slot) : known
  }

  set(slot: number, value: Value | Unknown): void {
    this.#values[slot] = value
  }

  /** As `set`, of what a source says. A record could not hold NaN or an infinity, and would decide otherwise when replayed. */
  learn(slot: number, value: Value | Unknown): Value | Unknown {
    if (typeof value === "number" && !Number.isFinite(value))
      return this.fail(slot, new RangeError(`${this.track.facts[slot]?.fact.name} was read as ${value}`))
    this.#values[slot] = value
    return value
  }

  /** It was read in vain. */
  fail(slot: number, error: unknown): Unknown {
    this.note(error)
    this.#values[slot] = UNKNOWN
    return UNKNOWN
  }

  note(fault: unknown): void {
    this.faults = [...this.faults, fault]
  }

  /** To be read again when it is next asked for. What it had reserved is given back, as it will be reserved anew. */
  forget(slot: number): void {
    const fact = this.track.facts[slot]?.fact
    if (fact?.kind === "reserved") this.release(fact)
    this.#values[slot] = UNREAD
  }

  /** Gives back what a refused request had reserved: all of it, or what one fact had. */
  release(only?: ReservedFact<Value, W>): void {
    if (this.#world !== undefined) this.#reservations?.giveBack(this.#world, (error) => this.note(error), only)
  }

  /** Reads a fact that would be reserved without reserving it. */
  peek(slot: number): void {
    const fact = this.track.facts[slot]?.fact
    if (fact?.kind !== "reserved" || this.#world === undefined) return
    try {
      this.learn(slot, fact.peek(this.#world))
    } catch (error) {
      this.fail(slot, error)
    }
  }

  /** Whether it is unknown only because nobody has tried to learn it: then it may yet turn out well. */
  unread(slot: number): boolean {
    const from = this.track.facts[slot]?.from
    if (from === undefined || from.length === 0) return !this.isFilled(slot)
    let found = false
    for (const it of from) {
      if (this.value(it) !== UNKNOWN) continue
      if (!this.unread(it)) return false
      found = true
    }
    return found
  }

  #fill(slot: number): Value | Unknown {
    const fact = this.track.readers[slot]
    const world = this.#world
    if (fact === undefined || world === undefined) return this.#compute(slot)
    try {
      return this.learn(slot, fact.read(world))
    } catch (error) {
      return this.fail(slot, error)
    }
  }

  /** For what is not simply read. */
  #compute(slot: number): Value | Unknown {
    const planned = this.track.facts[slot]
    if (planned === undefined) return UNKNOWN
    const { fact, from } = planned
    if (fact.kind === "reserved") return this.#reserve(fact, slot)
    if (fact.kind !== "derived") return UNKNOWN
    const value = this.#derive(fact.derive, from, slot)
    // Kept unread, or it would stay unknown when what it is computed from is learned later.
    if (value !== UNKNOWN || !this.unread(slot)) this.set(slot, value)
    return value
  }

  #reserve(fact: ReservedFact<Value, W>, slot: number): Value | Unknown {
    const world = this.#world
    if (world === undefined) return UNKNOWN
    try {
      const value = this.learn(slot, fact.reserve(world))
      if (value === UNKNOWN) return UNKNOWN
      this.#reservations ??= new Reservations()
      this.#reservations.add(fact, value)
      return value
    } catch (error) {
      return this.fail(slot, error)
    }
  }

  #derive(derive: DerivedFact<Value>["derive"], from: readonly number[], slot: number): Value | Unknown {
    const count = from.length
    const a = this.value(from[0] ?? -1)
    const b = count < 2 ? null : this.value(from[1] ?? -1)
    const c = count < 3 ? null : this.value(from[2] ?? -1)
    const d = count < 4 ? null : this.value(from[3] ?? -1)
    if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN || d === UNKNOWN) return UNKNOWN
    try {
      return derive(a, b, c, d)
    } catch (error) {
      return this.fail(slot, error)
    }
  }
}
