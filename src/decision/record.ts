import { Frame } from "./frame.ts"
import type { Plan } from "./plan.ts"
import type { Source } from "./source.ts"
import type { Phase } from "./stage.ts"
import { UNKNOWN, type Value } from "./value.ts"

/** What is kept of a decision: the revision and the values. Never prose, never a secret, as no fact holds one. */
export interface FrameRecord {
  readonly revision: string
  readonly phase: Phase
  /** Base facts that were read, by name. What is computed from them is computed again. */
  readonly facts: Readonly<Record<string, Value>>
  /** Facts that were read in vain. */
  readonly unknown: readonly string[]
  /** Where values were written down, for those that were. */
  readonly sources: Readonly<Record<string, Source>>
}

export function recordOf<W>(frame: Frame<W>, phase: Phase): FrameRecord {
  const facts: Record<string, Value> = {}
  const sources: Record<string, Source> = {}
  const unknown: string[] = []
  frame.track.facts.forEach(({ fact, from }, slot) => {
    if (from.length > 0 || !frame.isFilled(slot)) return
    const value = frame.value(slot)
    if (value === UNKNOWN) unknown.push(fact.name)
    else facts[fact.name] = value
    const source = frame.source(slot)
    if (source !== undefined) sources[fact.name] = source
  })
  return { revision: frame.plan.revision, phase, facts, unknown, sources }
}

/** The frame a record was made of. `plan` must be of the record's revision to decide as it did then; another asks "what now?". */
export function replay<W>(plan: Plan<W>, record: FrameRecord): Frame<W> {
  const frame = new Frame(plan)
  refill(frame, record)
  if (frame.select() !== undefined) refill(frame, record)
  return frame
}

function refill<W>(frame: Frame<W>, { facts, unknown, sources }: FrameRecord): void {
  frame.track.facts.forEach(({ fact, from }, slot) => {
    if (from.length > 0) return
    const value = own(facts, fact.name)
    if (value !== undefined) frame.set(slot, value)
    else if (unknown.includes(fact.name)) frame.set(slot, UNKNOWN)
    const source = own(sources, fact.name)
    if (source !== undefined) frame.place(slot, source)
  })
}

/** A fact may be named as something every object inherits. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
