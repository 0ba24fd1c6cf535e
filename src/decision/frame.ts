import type { Plan, PlannedCheck, PlannedFact, Track } from "./plan.ts"
import { placeOf, type Source } from "./source.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

/** What became of one check. `unread` means an earlier clause or check already settled the matter. */
export const OUTCOME = { unread: 0, held: 1, failed: 2, unknown: 3 } as const
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME]

/** Requirements written differently, by place; how a counterfactual edits the configuration. */
export type Edits = ReadonlyMap<string, Value>

const NO_FAULTS: readonly unknown[] = Object.freeze([])

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
  readonly #values: (Value | Unknown)[]
  /** A slot is filled when its mark is the frame's epoch, so that `reset` need not clear the slots. */
  readonly #marks: Int32Array
  #epoch = 1
  #world: W | undefined
  #reserved: number[] = []
  #sources: Map<number, Source> | undefined

  constructor(plan: Plan<W>, world?: W) {
    this.plan = plan
    this.track = plan.prelude
    this.#values = new Array<Value | Unknown>(plan.slots).fill(UNKNOWN)
    this.#marks = new Int32Array(plan.slots)
    this.outcomes = new Uint8Array(plan.checks)
    this.#world = world
  }

  /** Makes a pooled frame ready for another request. */
  reset(world: W): this {
    if (++this.#epoch === 0x7fffffff) {
      this.#marks.fill(0)
      this.#epoch = 1
    }
    this.outcomes.fill(0)
    this.track = this.plan.prelude
    this.cursor = 0
    this.edits = undefined
    this.faults = NO_FAULTS
    this.#world = world
    if (this.#reserved.length > 0) this.#reserved = []
    this.#sources = undefined
    return this
  }

  /** Frames filled from the live world can wait for a fact; all others hold what they will ever hold. */
  get live(): boolean {
    return this.#world !== undefined
  }

  isFilled(slot: number): boolean {
    return this.#marks[slot] === this.#epoch
  }

  value(slot: number): Value | Unknown {
    if (this.#marks[slot] === this.#epoch) return this.#values[slot] as Value | Unknown
    return this.#fill(slot)
  }

  set(slot: number, value: Value | Unknown): void {
    this.#marks[slot] = this.#epoch
    this.#values[slot] = value
  }

  /** Where the value at a slot was written down, if it was. */
  source(slot: number): Source | undefined {
    const known = this.#sources?.get(slot)
    if (known !== undefined || this.#world === undefined) return known
    const fact = this.track.facts[slot]?.fact
    return fact?.kind === "read" ? fact.source?.(this.#world) : undefined
  }

  place(slot: number, source: Source): void {
    this.#sources ??= new Map()
    this.#sources.set(slot, source)
  }

  /** Waits for facts that must be fetched. A source that fails leaves its fact unknown. */
  async fetch(slots: readonly number[]): Promise<void> {
    for (const slot of slots) {
      const fact = this.track.facts[slot]?.fact
      if (this.isFilled(slot) || fact?.kind !== "fetched" || this.#world === undefined) continue
      try {
        this.set(slot, await fact.fetch(this.#world))
      } catch (error) {
        this.#fault(slot, error)
      }
    }
  }

  /** Reads what the decision left unread, without spending and without waiting. What must be fetched stays unfilled. */
  complete(): this {
    this.track.facts.forEach(({ fact }, slot) => {
      if (this.isFilled(slot) || fact.kind === "fetched") return
      if (fact.kind === "reserved") this.#peek(slot)
      else this.value(slot)
    })
    return this
  }

  /** Gives back what a refused request had reserved. */
  release(): void {
    const world = this.#world
    if (world === undefined) return
    for (const slot of this.#reserved) {
      const fact = this.track.facts[slot]?.fact
      if (fact?.kind === "reserved") fact.release(world)
    }
    this.#reserved = []
  }

  /** What a check requires in this frame: as written, as edited, or as another fact says. */
  required({ check: { requirement }, requiredSlot }: PlannedCheck<W>): Value | Unknown {
    if (requirement.kind === "fact") return this.value(requiredSlot)
    return this.edits?.get(placeOf(requirement.source)) ?? requirement.value
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
    const copy = new Frame(this.plan)
    copy.edits = edits
    this.#copyInto(copy, changes, this.plan.prelude)
    const track = copy.select()
    if (track !== undefined) this.#copyInto(copy, changes, track)
    return copy
  }

  #copyInto(copy: Frame<W>, changes: ReadonlyMap<number, Value | Unknown>, track: Track<W>): void {
    track.facts.forEach(({ fact, from }, slot) => {
      const here = track === this.track ? slot : this.track.facts.findIndex((it) => it.fact === fact)
      if (from.length > 0 || here < 0) return
      const changed = changes.get(here)
      if (changed !== undefined) copy.set(slot, changed)
      else if (this.isFilled(here)) copy.set(slot, this.#values[here] as Value | Unknown)
      const place = this.source(here)
      if (place !== undefined) copy.place(slot, place)
    })
  }

  /** Whether nobody has tried to learn this value: then it may yet turn out well, and is not a failure to read it. */
  unread(slot: number): boolean {
    const from = this.track.facts[slot]?.from
    return from === undefined || from.length === 0 ? !this.isFilled(slot) : from.some((it) => this.unread(it))
  }

  #fill(slot: number): Value | Unknown {
    const planned = this.track.facts[slot]
    if (planned === undefined || (this.#world === undefined && planned.from.length === 0)) return UNKNOWN
    const value = this.#read(planned, slot)
    this.set(slot, value)
    return value
  }

  #read({ fact, from }: PlannedFact<W>, slot: number): Value | Unknown {
    if (fact.kind === "derived") return this.#derive(fact.derive, from)
    const world = this.#world
    if (world === undefined || fact.kind === "fetched") return UNKNOWN
    try {
      if (fact.kind === "read") return fact.read(world)
      const value = fact.reserve(world)
      this.#reserved.push(slot)
      return value
    } catch (error) {
      return this.#fault(slot, error)
    }
  }

  #derive(derive: (a: Value, b: Value, c: Value, d: Value) => Value, from: readonly number[]): Value | Unknown {
    const a = this.#input(from, 0)
    const b = this.#input(from, 1)
    const c = this.#input(from, 2)
    const d = this.#input(from, 3)
    if (a === UNKNOWN || b === UNKNOWN || c === UNKNOWN || d === UNKNOWN) return UNKNOWN
    return derive(a, b, c, d)
  }

  #input(from: readonly number[], at: number): Value | Unknown {
    const slot = from[at]
    return slot === undefined ? null : this.value(slot)
  }

  #peek(slot: number): void {
    const fact = this.track.facts[slot]?.fact
    if (fact?.kind !== "reserved" || this.#world === undefined) return
    try {
      this.set(slot, fact.peek(this.#world))
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
