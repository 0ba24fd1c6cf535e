import { type Denial, refuse } from "./decide.ts"
import type { Fact } from "./fact.ts"
import { Frame, OUTCOME } from "./frame.ts"
import type { Plan } from "./plan.ts"
import { type Judged, passes, survey, unknownSlots } from "./survey.ts"
import { type NonEmpty, UNKNOWN, type Unknown, type Value } from "./value.ts"

/** What would happen. `frame` is what was judged, for explaining and mending. */
export type Simulation<W> =
  | { readonly kind: "permit"; readonly frame: Frame<W> }
  /** Every clause that fails, in the order a live request would meet them, and what could not be judged. */
  | {
      readonly kind: "deny"
      readonly frame: Frame<W>
      readonly blockers: NonEmpty<Denial<W>>
      readonly needs: readonly Fact<Value, W>[]
    }
  | { readonly kind: "undetermined"; readonly frame: Frame<W>; readonly needs: NonEmpty<Fact<Value, W>> }

/** Facts by name; a name no track reads is not an error, as which are read depends on the track. */
export type Known = ReadonlyMap<string, Value>

/** What would happen to a request of which only `known` is known? Judges every clause; stops at none; reserves nothing. */
export function simulate<W>(plan: Plan<W>, known: Known): Simulation<W> {
  const frame = new Frame(plan)
  fill(frame, known)
  frame.select()
  fill(frame, known)
  return simulateFrame(frame)
}

/** The same for a frame that is filled already. */
export function simulateFrame<W>(frame: Frame<W>): Simulation<W> {
  const judged = survey(frame)
  if (judged === undefined) return { kind: "undetermined", frame, needs: selectorNeeds(frame) }
  const needs = new Set<Fact<Value, W>>()
  for (const { planned, outcome } of judged)
    if (outcome === OUTCOME.unknown && planned.clause.whenUnknown !== "allow")
      for (const slot of unknownSlots(planned, frame)) addBase(frame, slot, needs)
  const [first, ...rest] = judged.filter((it) => it.outcome === OUTCOME.failed).map((it) => denialOf(it, frame))
  if (first !== undefined) return { kind: "deny", frame, blockers: [first, ...rest], needs: [...needs] }
  const [need, ...others] = needs
  if (need !== undefined) return { kind: "undetermined", frame, needs: [need, ...others] }
  if (!judged.every(passes)) throw new Error("a clause neither passed, failed nor lacked a fact")
  return { kind: "permit", frame }
}

const denialOf = <W>({ planned, outcome }: Judged<W>, frame: Frame<W>): Denial<W> => refuse(planned, outcome, frame)

function fill<W>(frame: Frame<W>, known: Known): void {
  frame.track.facts.forEach(({ fact, from }, slot) => {
    if (from.length > 0) return
    const value: Value | Unknown = known.get(fact.name) ?? (known.has(fact.name) ? null : UNKNOWN)
    frame.set(slot, value)
  })
}

/** What is computed is not needed; what it is computed from is. */
function addBase<W>(frame: Frame<W>, slot: number, into: Set<Fact<Value, W>>): void {
  const planned = frame.track.facts[slot]
  if (planned === undefined) return
  if (planned.from.length === 0) into.add(planned.fact)
  else for (const from of planned.from) if (frame.value(from) === UNKNOWN) addBase(frame, from, into)
}

function selectorNeeds<W>(frame: Frame<W>): NonEmpty<Fact<Value, W>> {
  const needs = new Set<Fact<Value, W>>()
  addBase(frame, frame.plan.selector.slot, needs)
  const [first, ...rest] = needs
  return [first ?? frame.plan.selector.fact, ...rest]
}
