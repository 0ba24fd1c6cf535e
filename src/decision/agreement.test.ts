import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyReadings, type Reading, type TestWorld, worldOf } from "./any-facts.fixture.ts"
import { anyPlan, type Built } from "./any-plan.fixture.ts"
import { decide, decideLive, type Verdict } from "./decide.ts"
import { Frame } from "./frame.ts"
import { planData, revive } from "./plan-data.ts"
import { recordOf, replay } from "./record.ts"
import { simulate } from "./simulate.ts"
import { UNKNOWN, type Value } from "./value.ts"

/** All that makes two verdicts one. */
const gist = <W>(verdict: Verdict<W>) =>
  verdict.kind !== "deny"
    ? "permit"
    : {
        cause: verdict.cause.code,
        evidence: verdict.evidence.map(({ fact, relation, observed, required, observedSource }) => ({
          fact: fact.name,
          relation: relation.name,
          observed: observed === UNKNOWN ? "unknown" : JSON.stringify(observed),
          required: required === UNKNOWN ? "unknown" : JSON.stringify(required),
          place: observedSource?.path,
        })),
      }

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const knownOf = (readings: ReadonlyMap<string, Reading>): ReadonlyMap<string, Value> =>
  new Map([...readings].flatMap(([name, it]) => (it.kind === "value" ? [[name, it.value] as const] : [])))

/** A simulation stops at nothing, so what a live request would meet first is its first blocker, unless something is unknown. */
function agreesWithSimulation({ plan }: Built, readings: ReadonlyMap<string, Reading>, live: Verdict<TestWorld>): void {
  const simulated = simulate(plan, knownOf(readings))
  if (live.kind !== "deny" || simulated.kind === "permit") {
    expect([live.kind, simulated.kind]).toEqual([undefined, "permit"])
    return
  }
  const lacking = live.evidence.some((it) => it.observed === UNKNOWN || it.required === UNKNOWN)
  if (lacking && simulated.needs.length > 0) return
  if (simulated.kind !== "deny") throw new Error("a live refusal was not a blocker")
  expect(simulated.blockers[0].cause).toBe(live.cause)
  expect(simulated.blockers[0].clause).toBe(live.clause)
}

describe("live, simulated and replayed decisions agree", () => {
  const cases = fc.tuple(anyPlan({ kinds: ["read", "fetched", "reserved"], clauses: 5 }), anyReadings(false))

  test("on verdict, cause and evidence, also from a stored plan", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([built, readings]) => {
        const frame = new Frame(built.plan, worldOf(readings))
        const live = await decideLive(frame)
        const record = json(recordOf(frame, "request"))
        expect(gist(decide(replay(built.plan, record)))).toEqual(gist(live))
        const stored = revive(json(planData(built.spec)), "r1", built.vocabulary)
        expect(gist(decide(replay(stored, record)))).toEqual(gist(live))
        agreesWithSimulation(built, readings, live)
      }),
      { numRuns: 1000 },
    )
  })

  test("whether a decision may wait or not, when nothing has to be waited for", () => {
    const plans = fc.tuple(anyPlan({ kinds: ["read", "reserved"], clauses: 5 }), anyReadings(false))
    fc.assert(
      fc.property(plans, ([{ plan }, readings]) => {
        const waiting = decideLive(new Frame(plan, worldOf(readings)))
        if (waiting instanceof Promise) throw new Error("it waited")
        expect(gist(waiting)).toEqual(gist(decide(new Frame(plan, worldOf(readings)))))
      }),
    )
  })

  test("when the frame was completed after the refusal", async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([{ plan }, readings]) => {
        const frame = new Frame(plan, worldOf(readings))
        const live = await decideLive(frame)
        const record = json(recordOf(frame.complete(), "request"))
        expect(gist(decide(replay(plan, record)))).toEqual(gist(live))
      }),
    )
  })
})

describe("a pooled frame", () => {
  test("decides as a fresh one, whatever it was used for before", async () => {
    const cases = fc.tuple(
      anyPlan({ kinds: ["read", "fetched", "reserved"], clauses: 5 }),
      anyReadings(false),
      anyReadings(false),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ([{ plan }, before, now]) => {
        const pooled = new Frame(plan, worldOf(before))
        await decideLive(pooled)
        pooled.complete()
        const reused = await decideLive(pooled.reset(worldOf(now)))
        const fresh = new Frame(plan, worldOf(now))
        expect(gist(reused)).toEqual(gist(await decideLive(fresh)))
        expect(recordOf(pooled, "request")).toEqual(recordOf(fresh, "request"))
        expect([...pooled.outcomes]).toEqual([...fresh.outcomes])
        expect(pooled.faults).toHaveLength(fresh.faults.length)
      }),
      { numRuns: 300 },
    )
  })
})
