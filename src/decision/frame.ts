import type { DerivedFact, ReservedFact } from "./fact.ts"
import type { Plan, PlannedCheck, PlannedFact, Track } from "./plan.ts"
import type { Source } from "./source.ts"
import { PHASES, type Phase, phaseOf } from "./stage.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

/** What became of one check. `unread` means an earlier clause or check already settled the matter. */
export const OUTCOME = { unread: 0, held: 1, failed: 2, unknown: 3 } as const
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME]

/** Requirements written differently, by `PlannedCheck.place`; how a counterfactual edits the configuration. */
export type Edits = ReadonlyMap<number, Value>

/** In a slot nobody has read; whoever asks for it reads it. */
const UNREAD: unique symbol = Symbol("unread")
const NO_FAULTS: readonly unknown[] = Object.freeze([])

type Learned = { readonly slot: number } & ({ readonly value: Value | Unknown } | { readonly error: unknown })

/**
 * What one decision saw. Facts are read once, on first use, and kept: the frame is the evidence.
 *
 * It is filled lazily from the live world, from a record, partly with unknowns, or from another frame with some facts
 * changed. `decide` cannot tell which.
 */
export class Frame<W> {
  readonly plan: Plan<W>
  track: Track<W>
  /** The clause to judge next, so that a decision that waited goes on where it stopped. */
  cursor = 0
  readonly outcomes: Uint8Array
  edits: Edits | undefined
  /** What threw while a fact was read. The fact is then unknown; the fault is for the operator's log. */
  faults: readonly unknown[] = NO_FAULTS
  readonly #values: (Value | Unknown | typeof UNREAD)[]
  /** Counts the requests it was used for. */
  #epoch = 0
  #world: W | undefined
  readonly #reserved: number[] = []
  #sources: Map<number, Source> | undefined

  constructor(plan: Plan<W>, world?: W) {
    this.plan = plan
    this.track = plan.prelude
    this.#values = new Array<Value | Unknown | typeof UNREAD>(plan.slots).fill(UNREAD)
    this.outcomes = new Uint8Array(plan.checks)
    this.#world = world
  }

  /** Makes a pooled frame ready for another request. */
  reset(world: W): this {
    this.#restart(world)
    return this
  }

  #restart(world: W | undefined): void {
    this.#epoch++
    // Nothing of a request outlives it.
    for (let slot = 0; slot < this.#values.length; slot++) this.#values[slot] = UNREAD
    this.outcomes.fill(0)
    this.track = this.plan.prelude
    this.cursor = 0
    this.edits = undefined
    this.faults = NO_FAULTS
    this.#world = world
    if (this.#reserved.length > 0) this.#reserved.length = 0
    this.#sources = undefined
  }

  /** Frames filled from the live world can wait for a fact; all others hold what they will ever hold. */
  get live(): boolean {
    return this.#world !== undefined
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

  /** Where the value at a slot was written down, if it was. */
  source(slot: number): Source | undefined {
    const known = this.#sources?.get(slot)
    if (known !== undefined || this.#world === undefined) return known
    const fact = this.track.readers[slot]
    if (fact?.source === undefined) return undefined
    try {
      return fact.source(this.#world)
    } catch (error) {
      // Where it is written cannot be told, and the refusal that asks for it must still be.
      this.faults = [...this.faults, error]
      return undefined
    }
  }

  place(slot: number, source: Source): void {
    this.#sources ??= new Map()
    this.#sources.set(slot, source)
  }

  /** Goes back to the beginning of a later phase, to judge it by values as they are now. */
  reopen(phase: Exclude<Phase, "request">): void {
    const { ends, facts } = this.track
    this.cursor = phase === "body" ? ends.request : ends.body
    facts.forEach(({ fact, from }, slot) => {
      if (phaseOf(fact.since) === phase || from.some((it) => !this.isFilled(it))) this.#values[slot] = UNREAD
    })
  }

  /** Waits for facts that must be fetched, all at once. A source that fails leaves its fact unknown. */
  async fetch(slots: readonly number[]): Promise<void> {
    const world = this.#world
    if (world === undefined) return
    const epoch = this.#epoch
    const learned = await Promise.all(slots.map((slot) => this.#learn(slot, world)))
    // What was learned of one request must never be written into the next.
    if (epoch !== this.#epoch) throw new Error("a frame was reset while a decision waited on it")
    for (const it of learned) {
      if (it === undefined) continue
      if ("error" in it) this.#fault(it.slot, it.error)
      else this.set(it.slot, this.#storable(it.slot, it.value))
    }
  }

  async #learn(slot: number, world: W): Promise<Learned | undefined> {
    const fact = this.track.facts[slot]?.fact
    if (this.isFilled(slot) || fact?.kind !== "fetched") return undefined
    try {
      return { slot, value: await fact.fetch(world) }
    } catch (error) {
      return { slot, error }
    }
  }

  /** Reads what the decision left unread up to the end of a phase, without spending and without waiting. What must be fetched stays unfilled. */
  complete(phase: Phase = "request"): this {
    const { facts } = this.track
    const last = PHASES.indexOf(phase)
    for (let slot = 0; slot < facts.length; slot++) {
      const { fact } = facts[slot] as PlannedFact<W>
      if (this.isFilled(slot) || fact.kind === "fetched" || PHASES.indexOf(phaseOf(fact.since)) > last) continue
      if (fact.kind === "reserved") this.#peek(slot)
      else this.value(slot)
    }
    return this
  }

  /** Gives back what a refused request had reserved. */
  release(): void {
    const world = this.#world
    if (world === undefined) return
    for (const slot of this.#reserved.splice(0)) {
      const fact = this.track.facts[slot]?.fact
      const value = this.value(slot)
      if (fact?.kind !== "reserved" || value === UNKNOWN) continue
      try {
        fact.release(world, value)
      } catch (error) {
        // The others must still be given back.
        this.faults = [...this.faults, error]
      }
    }
  }

  /** What a check requires in this frame: as written, as edited, or as another fact says. */
  required({ check: { requirement }, requiredSlot, place }: PlannedCheck<W>): Value | Unknown {
    if (requirement.kind === "fact") return this.value(requiredSlot)
    const edited = this.edits?.get(place)
    return edited === undefined ? requirement.value : edited
  }

  /** Puts the frame on the track its facts choose; undefined while what chooses it is unknown. */
  select(): Track<W> | undefined {
    if (this.track !== this.plan.prelude) return this.track
    const name = this.value(this.plan.selector.slot)
    const track = typeof name === "string" ? this.plan.tracks.get(name) : undefined
    if (track !== undefined) this.track = track
    return track
  }

  /**
   * A copy with some facts changed and some requirements edited, for asking "what if?". It has no world to read from.
   *
   * What is computed from other facts is computed again, since a copied value would hide the consequence; so the copy may
   * be on another track, and takes along what it knows of the facts met there.
   */
  what(changes: ReadonlyMap<number, Value | Unknown>, edits: Edits | undefined = this.edits): Frame<W> {
    const copy = this.imagine(changes, edits, new Frame(this.plan))
    for (let slot = 0; slot < copy.track.facts.length; slot++) {
      const planned = copy.track.facts[slot]
      const here = planned === undefined ? -1 : this.#slotOf(planned, copy.track, slot)
      const place = here < 0 ? undefined : this.source(here)
      if (place !== undefined) copy.place(slot, place)
    }
    return copy
  }

  /** As `what`, into a frame at hand, and without the places of the values: for asking many times. */
  imagine(changes: ReadonlyMap<number, Value | Unknown>, edits: Edits | undefined, into: Frame<W>): Frame<W> {
    into.#restart(undefined)
    into.edits = edits
    const { prelude } = this.plan
    this.#copyInto(into, changes, prelude, 0)
    const track = into.select()
    if (track !== undefined) this.#copyInto(into, changes, track, prelude.facts.length)
    return into
  }

  #copyInto(copy: Frame<W>, changes: ReadonlyMap<number, Value | Unknown>, track: Track<W>, start: number): void {
    for (let slot = start; slot < track.facts.length; slot++) {
      const planned = track.facts[slot]
      if (planned === undefined || planned.from.length > 0) continue
      const here = this.#slotOf(planned, track, slot)
      const known = this.#values[here]
      if (known !== undefined && known !== UNREAD) copy.set(slot, known)
      const changed = changes.size === 0 ? undefined : changes.get(here)
      if (changed !== undefined) copy.set(slot, changed)
    }
  }

  /** Where a fact of a track is here. Every track begins with the facts of the prelude, so those are where they are there. */
  #slotOf({ fact }: PlannedFact<W>, track: Track<W>, slot: number): number {
    if (track === this.track || slot < this.plan.prelude.facts.length) return slot
    return this.track.facts.findIndex((it) => it.fact === fact)
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
      const value = this.#storable(slot, fact.read(world))
      this.#values[slot] = value
      return value
    } catch (error) {
      return this.#fault(slot, error)
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
      const value = this.#storable(slot, fact.reserve(world))
      this.set(slot, value)
      this.#reserved.push(slot)
      return value
    } catch (error) {
      return this.#fault(slot, error)
    }
  }

  /** A record could not hold NaN or an infinity, and would decide otherwise when replayed. */
  #storable(slot: number, value: Value | Unknown): Value | Unknown {
    if (typeof value !== "number" || Number.isFinite(value)) return value
    return this.#fault(slot, new RangeError(`${this.track.facts[slot]?.fact.name} was read as ${value}`))
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
      return this.#fault(slot, error)
    }
  }

  #peek(slot: number): void {
    const fact = this.track.facts[slot]?.fact
    if (fact?.kind !== "reserved" || this.#world === undefined) return
    try {
      this.set(slot, this.#storable(slot, fact.peek(this.#world)))
    } catch (error) {
      this.#fault(slot, error)
    }
  }

  #fault(slot: number, error: unknown): Unknown {
    this.faults = [...this.faults, error]
    this.set(slot, UNKNOWN)
    return UNKNOWN
  }
}
