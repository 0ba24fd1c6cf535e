import { type Denial, refuse } from "./decide.ts"
import type { Fact } from "./fact.ts"
import { Frame, OUTCOME } from "./frame.ts"
import type { Plan } from "./plan.ts"
import type { Source } from "./source.ts"
import type { Phase } from "./stage.ts"
import { addUnread, mayPass, survey, unreadFacts } from "./survey.ts"
import type { NonEmpty, Value } from "./value.ts"

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

/** Where values were written down, by the fact's name. */
export type Places = ReadonlyMap<string, Source>
const NOWHERE: Places = new Map()

/**
 * What would happen to a request of which only `known` is known? Judges every clause up to the end of a phase; stops at none;
 * reserves nothing.
 */
export function simulate<W>(
  plan: Plan<W>,
  known: Known,
  places: Places = NOWHERE,
  phase: Phase = "request",
): Simulation<W> {
  const frame = new Frame(plan)
  fill(frame, known, places)
  frame.select()
  fill(frame, known, places)
  return simulateFrame(frame, phase)
}

/** The same for a frame that is filled already. */
export function simulateFrame<W>(frame: Frame<W>, phase: Phase = "request"): Simulation<W> {
  const judged = survey(frame, phase)
  if (judged === undefined) return { kind: "undetermined", frame, needs: selectorNeeds(frame) }
  const needs = new Set<Fact<Value, W>>()
  const blocking: Denial<W>[] = []
  for (const { planned, outcome } of judged) {
    if (outcome === OUTCOME.held || (outcome === OUTCOME.unknown && planned.clause.whenUnknown === "allow")) continue
    if (outcome === OUTCOME.unknown && mayPass(planned, frame))
      for (const fact of unreadFacts(planned, frame)) needs.add(fact)
    else blocking.push(refuse(planned, outcome, frame))
  }
  const [first, ...rest] = blocking
  if (first !== undefined) return { kind: "deny", frame, blockers: [first, ...rest], needs: [...needs] }
  const [need, ...others] = needs
  if (need !== undefined) return { kind: "undetermined", frame, needs: [need, ...others] }
  return { kind: "permit", frame }
}

/** What is not known stays unread: it may yet turn out well, which a fact read in vain may not. */
function fill<W>(frame: Frame<W>, known: Known, places: Places): void {
  frame.track.facts.forEach(({ fact, from }, slot) => {
    const value = known.get(fact.name)
    if (from.length > 0 || value === undefined) return
    frame.set(slot, value)
    const place = places.get(fact.name)
    if (place !== undefined) frame.place(slot, place)
  })
}

function selectorNeeds<W>(frame: Frame<W>): NonEmpty<Fact<Value, W>> {
  const needs = new Set<Fact<Value, W>>()
  addUnread(frame, frame.plan.selector.slot, needs)
  const [first, ...rest] = needs
  return [first ?? frame.plan.selector.fact, ...rest]
}
