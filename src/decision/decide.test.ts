import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyReadings, worldOf } from "./any-facts.fixture.ts"
import { anyPlan, causeNamed } from "./any-plan.fixture.ts"
import { type Clause, check, following } from "./check.ts"
import { decide, decideLive, isDenial } from "./decide.ts"
import { type Fact, fetchedFact, readFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { imagine } from "./imagine.ts"
import { plan } from "./plan.ts"
import { atMost, equals } from "./relations.ts"
import { UNKNOWN, type Unknown } from "./value.ts"

/** What a test hands to its facts, and what they tell it. */
interface Bench {
  readonly log: string[]
  readonly fetches: Readonly<Record<string, () => Promise<string | Unknown>>>
}
const bench = (fetches: Bench["fetches"] = {}): Bench => ({ log: [], fetches })

const common = { since: "wire", party: "caller", shownTo: "anonymous" } as const
const selector = readFact({ ...common, name: "track", read: (_: Bench): string => "only" })
const read = (name: string, value: string | Unknown) =>
  readFact({
    ...common,
    name,
    read: (world: Bench): string | Unknown => {
      world.log.push(name)
      return value
    },
  })
const fetched = (name: string) =>
  fetchedFact({
    ...common,
    name,
    fetch: (world: Bench): Promise<string | Unknown> => {
      world.log.push(name)
      return world.fetches[name]?.() ?? Promise.resolve(UNKNOWN)
    },
  })
const source = { file: "f", path: "p" }
const clause = (fact: Fact<string, Bench>, whenUnknown: "allow" | "deny" = "deny"): Clause<Bench> => ({
  stage: "access",
  cause: causeNamed("test/failed"),
  anyOf: [check(fact, equals, following("right", source, "anonymous"))],
  whenUnknown: whenUnknown === "allow" ? "allow" : { deny: causeNamed("test/unknown") },
})
const planOf = (...clauses: readonly Clause<Bench>[]) =>
  plan({ revision: "r1", selector, tracks: new Map([["only", clauses]]) })
const codeOf = (verdict: { readonly kind?: unknown; readonly cause?: { readonly code: string } }) =>
  verdict.cause?.code ?? "permit"

describe("a decision that must fetch", () => {
  test("judges what comes before without waiting", () => {
    const world = bench()
    const verdict = decideLive(new Frame(planOf(clause(read("a", "wrong")), clause(fetched("b"))), world))
    expect(verdict instanceof Promise).toBe(false)
    expect(world.log).toEqual(["a"])
  })

  test("goes on after waiting where it stopped, and reads nothing twice", async () => {
    const world = bench({ b: async () => "right" })
    const facts = [read("a", "right"), fetched("b"), read("c", "right")] as const
    const frame = new Frame(planOf(...facts.map((it) => clause(it)), ...facts.map((it) => clause(it))), world)
    expect(await decideLive(frame)).toBe(frame as never)
    expect(world.log).toEqual(["a", "b", "c"])
  })

  test("refuses or allows what could not be fetched as its clause says", async () => {
    const broken = { b: () => Promise.reject(new Error("no route to host")) }
    const denied = new Frame(planOf(clause(fetched("b"))), bench(broken))
    expect(codeOf(await decideLive(denied))).toBe("test/unknown")
    expect(denied.faults.map(String)).toEqual(["Error: no route to host"])
    const allowed = new Frame(planOf(clause(fetched("b"), "allow")), bench(broken))
    expect(codeOf(await decideLive(allowed))).toBe("permit")
  })

  test("treats a source that throws at once as one that fails later", async () => {
    const frame = new Frame(
      planOf(clause(fetched("b"))),
      bench({
        b: () => {
          throw new Error("not connected")
        },
      }),
    )
    expect(codeOf(await decideLive(frame))).toBe("test/unknown")
  })

  test("does not wait for ever on a frame that has no world", () => {
    const refused = new Frame(planOf(clause(fetched("b"))), bench()).complete()
    const verdict = decideLive(imagine(refused, new Map(), undefined, new Frame(refused.plan)))
    expect(codeOf(verdict instanceof Promise ? {} : verdict)).toBe("test/unknown")
  })

  test("writes nothing into the next request when its frame was reset meanwhile", async () => {
    const late = Promise.withResolvers<string>()
    const frame = new Frame(planOf(clause(fetched("b"))), bench({ b: () => late.promise }))
    const abandoned = Promise.resolve(decideLive(frame))
    frame.reset(bench({ b: async () => "wrong" }))
    late.resolve("right")
    expect(abandoned).rejects.toThrow("reset")
    expect(codeOf(await decideLive(frame))).toBe("test/failed")
  })
})

test("a plan without facts that must be fetched never waits", () => {
  const cases = fc.tuple(anyPlan({ kinds: ["read", "reserved"], clauses: 4 }), anyReadings(false))
  fc.assert(
    fc.property(cases, ([{ plan }, readings]) => {
      expect(decideLive(new Frame(plan, worldOf(readings))) instanceof Promise).toBe(false)
    }),
  )
})

test("a number that no record could hold is not known", () => {
  const number = (value: number) => readFact({ ...common, name: "n", read: (_: Bench): number => value })
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const anyOf = [check(number(value), atMost, following(5, source, "anonymous"))] as const
    const frame = new Frame(planOf({ ...clause(read("a", "right")), anyOf }), bench())
    expect(codeOf(decide(frame))).toBe("test/unknown")
    expect(frame.faults).toHaveLength(1)
  }
})

test("a denial is recognised whatever its type claims, and nothing else is", () => {
  const verdict = decide(new Frame(planOf(clause(read("a", "wrong"))), bench()))
  expect([isDenial(verdict), isDenial({ ...verdict }), isDenial({ kind: "deny" })]).toEqual([true, false, false])
})

test("a later phase goes on where the request was permitted, and asking for an earlier one again judges nothing", () => {
  const world = bench()
  const late = readFact({ ...common, name: "late", since: "body", read: (_: Bench): string => "wrong" })
  const frame = new Frame(planOf(clause(read("a", "right")), { ...clause(late), stage: "body" }), world)
  expect(codeOf(decide(frame))).toBe("permit")
  expect(codeOf(decide(frame, "body"))).toBe("test/failed")
  expect(codeOf(decide(frame))).toBe("permit")
  expect(codeOf(decide(frame, "body"))).toBe("test/failed")
  expect(world.log).toEqual(["a"])
})

test("a track nobody planned is a fault, not a permit", () => {
  const lost = readFact({ ...common, name: "track", read: (_: Bench): string => "elsewhere" })
  const frame = new Frame(plan({ revision: "r1", selector: lost, tracks: new Map() }), bench())
  expect(() => decide(frame)).toThrow("elsewhere")
})
