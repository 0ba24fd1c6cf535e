import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import {
  anyPlan,
  anyReadings,
  BASES,
  causeNamed,
  DOMAINS,
  LETTERS,
  NUMBERS,
  type TestWorld,
  worldOf,
} from "./any-plan.fixture.ts"
import { type Check, check, following, written } from "./check.ts"
import { decide, isDenial } from "./decide.ts"
import { derivedFact, type Fact, readFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { type Change, type Mending, mend } from "./mend.ts"
import { type PlannedCheck, plan, type Track } from "./plan.ts"
import { atMost, oneOf } from "./relations.ts"
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
  return !isDenial(decide(frame.what(slots, edits)))
}

describe("a mending", () => {
  test("works when it is decided again, and none of fewer changes exists on its track", () => {
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
})

const common = { since: "wire", party: "caller", shownTo: "anonymous" } as const
type Plain = Readonly<Record<string, Value>>
const text = (name: string, more: Partial<{ party: "nobody" }> = {}) =>
  readFact({
    ...common,
    ...more,
    name,
    read: (world: Plain): string | Unknown => (name in world ? String(world[name]) : UNKNOWN),
  })
const amount = (name: string) => readFact({ ...common, name, read: (world: Plain): number => Number(world[name]) })
const source = (path: string) => ({ file: "gateway.yaml", path })
const deny = { deny: causeNamed("test/unknown") }
const track = readFact({ ...common, name: "track", party: "nobody", read: (_: Plain): string => "only" })

const refusedBy = (world: Plain, ...clauses: readonly (readonly [Check<Plain>, ...Check<Plain>[]])[]) => {
  const built = plan({
    revision: "r1",
    selector: track,
    tracks: new Map([
      [
        "only",
        clauses.map(
          (anyOf) => ({ stage: "access", cause: causeNamed("test/failed"), anyOf, whenUnknown: deny }) as const,
        ),
      ],
    ]),
  })
  const frame = new Frame(built, world)
  expect(isDenial(decide(frame))).toBe(true)
  return frame.complete()
}
const gist = (it: Change) =>
  `${it.by}: ${it.kind === "edit" ? it.at.path : it.fact.name} ${String(it.from)} -> ${String(it.to)}`

describe("mend", () => {
  test("puts what the caller can change before an edit of the configuration", () => {
    const frame = refusedBy({ n: 9 }, [check(amount("n"), atMost, written(5, source("limit"), "anonymous"))])
    expect(mend(frame).map((it) => it.changes.map(gist))).toEqual([["caller: n 9 -> 5"], ["operator: limit 5 -> 9"]])
  })

  test("edits a place once for all clauses that were written there", () => {
    const n = amount("n")
    const m = amount("m")
    const frame = refusedBy(
      { n: 9, m: 7 },
      [check(n, atMost, written(5, source("limit"), "anonymous"))],
      [check(m, atMost, written(5, source("limit"), "anonymous"))],
    )
    expect(mend(frame).map((it) => it.changes.map(gist))).toEqual([["operator: limit 5 -> 9"]])
  })

  test("puts no value where another kind of value was written", () => {
    const frame = refusedBy(
      { n: 9, s: "z" },
      [check(amount("n"), atMost, written(5, source("policy"), "anonymous"))],
      [check(text("s"), oneOf, written(["a"], source("policy"), "anonymous"))],
    )
    expect(mend(frame).map((it) => it.changes.length)).toEqual([2, 2, 2, 2])
  })

  test("does not edit what does not stand at its source", () => {
    const frame = refusedBy({ n: 9 }, [check(amount("n"), atMost, following(5, source("policy"), "anonymous"))])
    expect(mend(frame).map((it) => it.changes.map(gist))).toEqual([["caller: n 9 -> 5"]])
  })

  test("names what nobody read, as it may still refuse", () => {
    const frame = refusedBy({ n: 9 }, [check(amount("n"), atMost, following(5, source("policy"), "anonymous"))])
    const late = text("late")
    const built = plan({
      revision: "r1",
      selector: track,
      tracks: new Map([
        [
          "only",
          [
            ...[...frame.plan.tracks.values()].flatMap((it) => it.clauses.map(({ clause }) => clause)),
            {
              stage: "content",
              cause: causeNamed("test/late"),
              anyOf: [check(late, oneOf, following(["a"], source("late"), "anonymous"))],
              whenUnknown: "allow",
            },
          ] as const,
        ],
      ]),
    })
    const refused = new Frame(built, { n: 9 } as Plain)
    decide(refused)
    expect(mend(refused).map((it) => it.unverified.map(({ name }) => name))).toEqual([["late"]])
  })

  test("changes all that a near miss says, or nothing of it", () => {
    const route = (host: Fact<string, Plain>) =>
      derivedFact({
        ...common,
        name: "route",
        from: [text("method"), host],
        derive: (m, h): string | null => (m === "GET" && h === "a.example" ? "route" : null),
        near: () => [
          {
            name: "GET a.example",
            said: "the method is POST",
            source: source("routes[0]"),
            changes: [
              { at: 0, to: "GET" },
              { at: 1, to: "a.example" },
            ],
          },
        ],
      })
    const asked = { method: "POST", host: "b.example" }
    const found = (host: Fact<string, Plain>) => {
      const it = route(host)
      const allowed = written(["route"], source("x"), "anonymous")
      return mend(refusedBy(asked, [check(it, oneOf, allowed)])).map(({ changes }) => changes.map(gist))
    }
    expect(found(text("host"))).toEqual([["caller: method POST -> GET", "caller: host b.example -> a.example"]])
    expect(found(text("host", { party: "nobody" }))).toEqual([])
  })

  test("comes to an end with lists of thousands that contradict each other", () => {
    const list = (prefix: string) => Array.from({ length: 10_000 }, (_, i) => `${prefix}-${i}`)
    const s = text("s")
    let judged = 0
    const counted = derivedFact({
      ...common,
      name: "counted",
      from: [s],
      derive: (value): string => {
        judged++
        return String(value)
      },
    })
    const frame = refusedBy(
      { s: "other" },
      [
        check(counted, oneOf, following(["never"], source("first"), "anonymous")),
        check(s, oneOf, following(list("a"), source("a"), "anonymous")),
      ],
      [check(s, oneOf, following(list("b"), source("b"), "anonymous"))],
    )
    judged = 0
    expect(mend(frame, "request", { changes: 3, frames: 200 })).toEqual([])
    expect(judged).toBeLessThanOrEqual(201)
  })

  test("finds the edit of a list of thousands within a few frames", () => {
    const list = Array.from({ length: 10_000 }, (_, i) => `model-${i}`)
    const frame = refusedBy(
      { s: "modle-77", n: 1 },
      [check(text("s", { party: "nobody" }), oneOf, written(list, source("models"), "operator"))],
      [check(amount("n"), atMost, written(1, source("n"), "operator"))],
    )
    const [found, ...others] = mend(frame, "request", { changes: 3, frames: 4 })
    expect(others).toEqual([])
    expect(found?.changes.map(({ at }) => at?.path)).toEqual(["models"])
  })

  test("terminates when two facts are each the other's requirement", () => {
    const letters = LETTERS.map(String)
    const a = amount("a")
    const b = amount("b")
    const frame = refusedBy(
      { a: 3, b: 1, s: "z" },
      [check(a, atMost, { kind: "fact", fact: b, source: source("b") })],
      [check(b, atMost, following(0, source("zero"), "anonymous"))],
      [check(text("s"), oneOf, following(letters, source("s"), "anonymous"))],
    )
    expect(mend(frame).length).toBeGreaterThan(0)
  })
})
