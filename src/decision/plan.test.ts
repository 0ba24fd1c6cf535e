import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyPlan, causeNamed } from "./any-plan.fixture.ts"
import { type Clause, check, written } from "./check.ts"
import { derivedFact, fetchedFact, readFact, reservedFact } from "./fact.ts"
import { PlanFault, type PlanSpec, plan } from "./plan.ts"
import { type PlanData, planData, revive } from "./plan-data.ts"
import { atMost, equals } from "./relations.ts"
import { STAGES, type Stage, stageRank } from "./stage.ts"

type Nothing = Readonly<Record<string, never>>
const common = { party: "caller", shownTo: "anonymous" } as const
const text = (name: string, since: Stage = "wire") =>
  readFact({ ...common, name, since, read: (_: Nothing): string => "" })
const source = { file: "gateway.yaml", line: 3, path: "policies[0]" }
const about = (fact: ReturnType<typeof text>, stage: Stage): Clause<Nothing> => ({
  stage,
  cause: causeNamed(`test/${fact.name}`),
  anyOf: [check(fact, equals, written("right", source, "anonymous"))],
  whenUnknown: "allow",
})
const specOf = (...clauses: readonly Clause<Nothing>[]): PlanSpec<Nothing> => ({
  revision: "r1",
  selector: text("track"),
  tracks: new Map([["only", clauses]]),
})
const fault = (message: string) =>
  expect.objectContaining({ name: "PlanFault", message: expect.stringContaining(message) })
const faultOf = (spec: PlanSpec<Nothing>): unknown => {
  try {
    return plan(spec)
  } catch (error) {
    return error
  }
}

describe("a plan is refused", () => {
  test("when a clause reads what is known only later", () => {
    expect(faultOf(specOf(about(text("key", "identity"), "edge")))).toEqual(
      fault("key is known only from stage identity"),
    )
  })

  test("when a requirement is known only later", () => {
    const anyOf = [check(text("a"), equals, { kind: "fact", fact: text("key", "identity"), source })] as const
    expect(faultOf(specOf({ ...about(text("a"), "edge"), anyOf }))).toEqual(
      fault("key is known only from stage identity"),
    )
  })

  test("when a computed fact claims to be known before what it is computed from", () => {
    const derived = derivedFact({
      ...common,
      name: "d",
      since: "edge",
      from: [text("key", "identity")],
      derive: String,
    })
    const anyOf = [check(derived, equals, written("x", source, "anonymous"))] as const
    expect(faultOf(specOf({ ...about(text("a"), "edge"), anyOf }))).toEqual(
      fault("computed from key, of stage identity"),
    )
  })

  test("when two facts have one name", () => {
    expect(faultOf(specOf(about(text("a"), "edge"), about(text("a"), "edge")))).toEqual(fault("two facts are named a"))
  })

  test("when a computed fact is computed from nothing, or from five", () => {
    for (const from of [[], ["a", "b", "c", "d", "e"].map((it) => text(it))]) {
      const derived = derivedFact({ ...common, name: "d", since: "wire", from, derive: String })
      const anyOf = [check(derived, equals, written("x", source, "anonymous"))] as const
      expect(faultOf(specOf({ ...about(text("a"), "edge"), anyOf }))).toEqual(fault("one to 4 are possible"))
    }
  })

  test("when what chooses the track would have to wait or to spend", () => {
    const name = { ...common, name: "slow", since: "wire" } as const
    const slow = fetchedFact({ ...name, fetch: async (_: Nothing): Promise<string> => "only" })
    const dear = reservedFact({ ...name, reserve: () => "only", peek: () => "only", release: () => undefined })
    for (const selector of [slow, dear]) expect(faultOf({ ...specOf(), selector })).toEqual(fault("chooses the track"))
  })

  test("when it requires a number that cannot be stored", () => {
    const n = readFact({ ...common, name: "n", since: "wire", read: (_: Nothing): number => 0 })
    const anyOf = [check(n, atMost, written(Number.POSITIVE_INFINITY, source, "anonymous"))] as const
    expect(faultOf(specOf({ ...about(text("a"), "edge"), anyOf }))).toEqual(fault("gateway.yaml:3"))
  })
})

test("clauses are judged in the order of stages, and within a stage in the order given", () => {
  const stages = fc.array(fc.constantFrom(...STAGES), { maxLength: 12 })
  fc.assert(
    fc.property(stages, (given) => {
      const spec = specOf(...given.map((stage, at) => about(text(`fact-${at}`), stage)))
      const clauses = plan(spec).tracks.get("only")?.clauses ?? []
      const got = clauses.map(({ clause }) => [
        stageRank(clause.stage),
        Number(clause.cause.code.slice("test/fact-".length)),
      ])
      expect(got).toEqual(got.toSorted(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j))
      expect(got).toHaveLength(given.length)
    }),
  )
})

describe("a stored plan", () => {
  /** As a plan orders it, each track with its clauses: what is stored is in the order it was written, and each clause once. */
  const ordered = ({ selector, facts, clauses, lists, tracks }: PlanData) => ({
    selector,
    facts: facts.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    tracks: Object.fromEntries(
      Object.entries(tracks).map(([name, list]) => [
        name,
        (lists[list] ?? [])
          .flatMap((it) => clauses[it] ?? [])
          .toSorted((a, b) => stageRank(a.stage) - stageRank(b.stage)),
      ]),
    ),
  })

  test("comes back as it was", () => {
    fc.assert(
      fc.property(anyPlan({ kinds: ["read", "fetched", "reserved"], clauses: 4 }), ({ spec, vocabulary }) => {
        const stored = planData(spec)
        const revived = revive(JSON.parse(JSON.stringify(stored)), "r1", vocabulary)
        const tracks = new Map([...revived.tracks].map(([name, it]) => [name, it.clauses.map(({ clause }) => clause)]))
        expect(ordered(planData({ selector: revived.selector.fact, tracks }))).toEqual(ordered(stored))
      }),
    )
  })

  test("holds a list once, however many tracks share it, and is read as one track", () => {
    const shared = [about(text("a"), "edge"), about(text("b"), "access")]
    const spec = { ...specOf(), tracks: new Map(Array.from({ length: 50 }, (_, i) => [`t${i}`, shared])) }
    const stored = planData(spec)
    expect(stored.clauses).toHaveLength(2)
    expect(stored.lists).toHaveLength(1)
    expect(new Set(plan(spec).tracks.values()).size).toBe(1)
  })

  const derived = derivedFact({ ...common, name: "d", since: "wire", from: [text("a")], derive: String })
  const stored = planData(
    specOf(about(text("a"), "edge"), {
      ...about(text("a"), "edge"),
      anyOf: [check(derived, equals, written("right", source, "anonymous"))],
    }),
  )
  const knows = {
    cause: causeNamed,
    relation: () => check(text("a"), equals, written("", source, "anonymous")).relation,
    derived: () => derived,
  }
  const vocabulary = {
    cause: () => knows.cause("test/a"),
    relation: knows.relation,
    derived: knows.derived,
  }

  test("is computed from its own facts, though this release has others of the same names", () => {
    expect(
      revive(stored, "r1", vocabulary)
        .tracks.get("only")
        ?.facts.map(({ fact }) => fact.name),
    ).toEqual(["track", "a", "d"])
  })

  test("names what this release does not know", () => {
    const none = () => undefined
    expect(() => revive(stored, "r1", { ...vocabulary, cause: none })).toThrow(new PlanFault(unknown("cause test/a")))
    expect(() => revive(stored, "r1", { ...vocabulary, relation: none })).toThrow(
      new PlanFault(unknown("relation equals")),
    )
    expect(() => revive(stored, "r1", { ...vocabulary, derived: none })).toThrow(new PlanFault(unknown("fact d")))
    expect(() => revive(stored, "r1", { ...vocabulary, derived: () => text("d") })).toThrow("is not now")
    expect(() => revive({ ...stored, selector: "gone" }, "r1", vocabulary)).toThrow(new PlanFault(unknown("fact gone")))
  })
  const unknown = (what: string) => `the stored plan names the ${what}, which this release does not know`
})
