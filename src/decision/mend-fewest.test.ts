import { expect, test } from "bun:test"
import fc from "fast-check"
import { anyReadings, BASES, DOMAINS, NUMBERS, type TestWorld, worldOf } from "./any-facts.fixture.ts"
import { anyPlan } from "./any-plan.fixture.ts"
import { decide, isDenial } from "./decide.ts"
import type { Fact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { imagine } from "./imagine.ts"
import { type Mending, mend } from "./mend.ts"
import type { Track } from "./plan.ts"
import type { PlannedCheck } from "./planned.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

/** What a request would be like, by the definition of every word and by none of the code under test. */
interface Imagined {
  readonly facts: ReadonlyMap<string, Value>
  readonly edits: ReadonlyMap<number, Value>
}
type Prospect = "holds" | "fails" | "open"

function valueIn(it: Fact<Value, TestWorld>, { facts }: Imagined): Value | Unknown {
  if (it.kind !== "derived") return facts.get(it.name) ?? (facts.has(it.name) ? null : UNKNOWN)
  const [a = null, b = null] = it.from.map((from) => valueIn(from, { facts, edits: new Map() }))
  if (a === UNKNOWN || b === UNKNOWN) return UNKNOWN
  try {
    return it.derive(a, b, null, null)
  } catch {
    return UNKNOWN
  }
}

function prospect(planned: PlannedCheck<TestWorld>, imagined: Imagined): Prospect {
  const { fact, relation, requirement } = planned.check
  const observed = valueIn(fact, imagined)
  const required =
    requirement.kind === "fact"
      ? valueIn(requirement.fact, imagined)
      : (imagined.edits.get(planned.place) ?? requirement.value)
  if (observed === UNKNOWN || required === UNKNOWN) return "open"
  return relation.holds(observed, required) ? "holds" : "fails"
}

/** Every fact here was read, so what is unknown was read in vain and stays so. */
function isPermitted(track: Track<TestWorld>, imagined: Imagined): boolean {
  return track.clauses.slice(0, track.ends.request).every(({ clause, checks }) => {
    const prospects = checks.map((it) => prospect(it, imagined))
    return prospects.includes("holds") || (prospects.includes("open") && clause.whenUnknown === "allow")
  })
}

const EDITS: Readonly<Record<string, readonly Value[]>> = {
  "at most": [...NUMBERS, 4, 5, 6],
  "one of": [["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"]],
  "includes all": [[], ["a"], ["b"], ["c"]],
}

/** One thing that may be different, and all it may be. */
interface Knob {
  readonly turned: (imagined: Imagined) => readonly Imagined[]
}

function knobsOf(frame: Frame<TestWorld>): readonly Knob[] {
  const knobs: Knob[] = []
  frame.track.facts.forEach(({ fact, from }, slot) => {
    const base = BASES.find((it) => `test.${it}` === fact.name)
    // What chooses the track is left as it is: a mending may leave the track, but is not looked for there.
    if (from.length > 0 || base === undefined || base === "t") return
    if (frame.value(slot) === UNKNOWN || fact.party === "nobody") return
    knobs.push({
      turned: ({ facts, edits }) => DOMAINS[base].map((to) => ({ facts: new Map(facts).set(fact.name, to), edits })),
    })
  })
  const written = new Map<number, readonly Value[]>()
  for (const { check: it, place } of frame.track.clauses.flatMap(({ checks }) => checks))
    if (it.requirement.kind === "written") written.set(place, EDITS[it.relation.name] ?? [])
  for (const [place, domain] of written)
    knobs.push({ turned: ({ facts, edits }) => domain.map((to) => ({ facts, edits: new Map(edits).set(place, to) })) })
  return knobs
}

/** Whether fewer than `size` changes are enough, by trying them all. */
function fewerWork(frame: Frame<TestWorld>, size: number): boolean {
  const facts = new Map<string, Value>()
  frame.track.facts.forEach(({ fact, from }, slot) => {
    const value = frame.value(slot)
    if (from.length === 0 && value !== UNKNOWN) facts.set(fact.name, value)
  })
  const knobs = knobsOf(frame)
  const works = (from: number, left: number, imagined: Imagined): boolean =>
    isPermitted(frame.track, imagined) ||
    (left > 0 &&
      knobs.slice(from).some(({ turned }, at) => turned(imagined).some((next) => works(from + at + 1, left - 1, next))))
  return works(0, size - 1, { facts, edits: new Map() })
}

/** The mending applied by name to a fresh frame, and decided by `decide`. */
function works(frame: Frame<TestWorld>, { changes }: Mending): boolean {
  const slots = new Map<number, Value>()
  const edits = new Map<number, Value>()
  const checks = [...frame.plan.tracks.values()].flatMap((it) => it.clauses.flatMap((clause) => clause.checks))
  for (const change of changes) {
    if (change.kind === "fact")
      slots.set(
        frame.track.facts.findIndex(({ fact }) => fact === change.fact),
        change.to,
      )
    else for (const it of checks) if (it.check === change.check) edits.set(it.place, change.to)
  }
  return !isDenial(decide(imagine(frame, slots, edits, new Frame(frame.plan))))
}

test("a mending works when it is decided again, and none of fewer changes exists on its track", () => {
  const cases = fc.tuple(anyPlan({ kinds: ["read", "reserved"], clauses: 4, mendable: true }), anyReadings(false))
  const sizes: number[] = []
  fc.assert(
    fc.property(cases, ([built, readings]) => {
      const frame = new Frame(built.plan, worldOf(readings))
      if (!isDenial(decide(frame))) return
      const mendings = mend(frame.complete())
      const size = mendings[0]?.changes.length
      for (const it of mendings) {
        expect(it.changes.length).toBe(size ?? 0)
        // On its own track every fact was read; of another track nothing is known.
        if (it.unverified.length === 0) expect(works(frame, it)).toBe(true)
        else expect(frame.track.facts.filter(({ fact }) => it.unverified.includes(fact))).toEqual([])
        expect(it.changes.some((change) => change.kind === "fact" && change.fact.party === "nobody")).toBe(false)
      }
      expect(fewerWork(frame, size ?? 4)).toBe(false)
      sizes.push(size ?? 0)
    }),
    { numRuns: 400 },
  )
  // The property would hold of nothing at all.
  for (const size of [0, 1, 2]) expect(sizes.filter((it) => it === size).length).toBeGreaterThan(0)
})
