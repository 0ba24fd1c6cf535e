import type { Plan, Track } from "./plan.ts"
import type { PlannedCheck } from "./planned.ts"
import { Readings } from "./readings.ts"
import type { Source } from "./source.ts"
import { type Phase, phaseBefore, phaseOf, phaseRank } from "./stage.ts"
import type { Unknown, Value } from "./value.ts"

/** What became of one check. `unread` means an earlier clause or check already settled the matter. */
export const OUTCOME = { unread: 0, held: 1, failed: 2, unknown: 3 } as const
export type Outcome = (typeof OUTCOME)[keyof typeof OUTCOME]

/** Requirements written differently, by `PlannedCheck.place`; how a counterfactual edits the configuration. */
export type Edits = ReadonlyMap<number, Value>

/**
 * What one decision saw, and how far it has come: the frame is the evidence.
 *
 * It is filled lazily from the live world, from a record, partly with unknowns, or from another frame with some facts
 * changed. `decide` cannot tell which.
 */
export class Frame<W> extends Readings<W> {
  /** The clause to judge next, so that a decision that waited goes on where it stopped. */
  cursor = 0
  readonly outcomes: Uint8Array
  edits: Edits | undefined
  #sources: Map<number, Source> | undefined

  constructor(plan: Plan<W>, world?: W) {
    super(plan, world)
    this.outcomes = new Uint8Array(plan.checks)
  }

  /** Makes a pooled frame ready for another request, or for another question that begins with "what if". */
  override reset(world: W | undefined): this {
    super.reset(world)
    this.outcomes.fill(0)
    this.cursor = 0
    this.edits = undefined
    this.#sources = undefined
    return this
  }

  /** Where the value at a slot was written down, if it was. */
  source(slot: number): Source | undefined {
    const known = this.#sources?.get(slot)
    if (known !== undefined || this.world === undefined) return known
    const fact = this.track.readers[slot]
    if (fact?.source === undefined) return undefined
    try {
      return fact.source(this.world)
    } catch (error) {
      // Where it is written cannot be told, and the refusal that asks for it must still be.
      this.note(error)
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
    this.cursor = ends[phaseBefore(phase)]
    facts.forEach(({ fact, from }, slot) => {
      if (phaseOf(fact.since) === phase || from.some((it) => !this.isFilled(it))) this.forget(slot)
    })
  }

  /** Reads what the decision left unread up to the end of a phase, without spending and without waiting. What must be fetched stays unfilled. */
  complete(phase: Phase = "request"): this {
    const { facts } = this.track
    const last = phaseRank(phase)
    for (let slot = 0; slot < facts.length; slot++) {
      const fact = facts[slot]?.fact
      if (fact === undefined || this.isFilled(slot) || fact.kind === "fetched") continue
      if (phaseRank(phaseOf(fact.since)) > last) continue
      if (fact.kind === "reserved") this.peek(slot)
      else this.value(slot)
    }
    return this
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
}
