import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyReadings, worldOf } from "./any-facts.fixture.ts"
import { anyPlan, causeNamed } from "./any-plan.fixture.ts"
import { type Check, type Clause, check, following } from "./check.ts"
import { decide, decideLive, isDenial } from "./decide.ts"
import { explain } from "./explain.ts"
import { readFact, reservedFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { mend } from "./mend.ts"
import { plan } from "./plan.ts"
import { atMost, equals } from "./relations.ts"
import { simulate } from "./simulate.ts"
import type { Stage } from "./stage.ts"

/** What facts tell a test, in order. */
type Log = string[]

const common = { since: "wire", party: "caller", shownTo: "anonymous" } as const
const source = { file: "f", path: "p" }
const selector = readFact({ ...common, name: "track", read: (_: Log): string => "only" })
const clause = (stage: Stage, it: Check<Log>): Clause<Log> => ({
  stage,
  cause: causeNamed("test/failed"),
  anyOf: [it],
  whenUnknown: { deny: causeNamed("test/unknown") },
})
const frameOf = (log: Log, ...clauses: readonly Clause<Log>[]) =>
  new Frame(plan({ revision: "r1", selector, tracks: new Map([["only", clauses]]) }), log)

/** What is taken is three, and one more each time. */
const reserved = (name: string, since: Stage) =>
  reservedFact({
    ...common,
    name,
    since,
    reserve: (log: Log): number => {
      const taken = 3 + log.filter((it) => it === `reserve ${name}`).length
      log.push(`reserve ${name}`)
      return taken
    },
    peek: (): number => 3,
    release: (log: Log, value: number) => void log.push(`release ${name} ${value}`),
  })
const most = (limit: number) => following(limit, source, "anonymous")
const quota = (limit: number) => clause("quota", check(reserved("quota", "quota"), atMost, most(limit)))
const wrong = (name: string, stage: Stage) => {
  const fact = readFact({
    ...common,
    name,
    read: (log: Log): string => {
      log.push(name)
      return "wrong"
    },
  })
  return clause(stage, check(fact, equals, following("right", source, "anonymous")))
}

describe("a reservation", () => {
  test("is taken when it is judged live, and kept by a permit", () => {
    const log: Log = []
    expect(isDenial(decide(frameOf(log, quota(5))))).toBe(false)
    expect(log).toEqual(["reserve quota"])
  })

  test("is given back once when the request was refused later", () => {
    const log: Log = []
    const frame = frameOf(log, wrong("late", "content"), quota(5))
    expect(isDenial(decide(frame))).toBe(true)
    frame.release()
    frame.release()
    expect(log).toEqual(["reserve quota", "late", "release quota 3"])
  })

  test("of what is judged again is given back before it is taken anew, and no other is", () => {
    const log: Log = []
    const body = reserved("body", "body")
    const frame = frameOf(log, quota(5), clause("body", check(body, atMost, most(4))))
    for (const phase of ["request", "body"] as const) expect(isDenial(decide(frame, phase))).toBe(false)
    frame.reopen("body")
    expect(isDenial(decide(frame, "body"))).toBe(false)
    expect(log.splice(0)).toEqual(["reserve quota", "reserve body", "release body 3", "reserve body"])
    frame.reopen("upstream")
    expect(log).toEqual([])
    frame.release()
    expect(log).toEqual(["release quota 3", "release body 4"])
  })

  test("is not taken by a request that was refused before", () => {
    const log: Log = []
    const frame = frameOf(log, quota(5), wrong("a", "access"))
    const verdict = decide(frame)
    if (verdict.kind !== "deny") throw new Error("it was not refused")
    explain(verdict, "operator")
    mend(frame.complete())
    frame.release()
    expect(log).toEqual(["a"])
  })

  test("that fails to be given back does not keep the others from it", () => {
    const log: Log = []
    const stuck = reservedFact({
      ...common,
      name: "stuck",
      reserve: (): number => 1,
      peek: (): number => 1,
      release: () => {
        throw new Error("no store")
      },
    })
    const frame = frameOf(log, clause("quota", check(stuck, atMost, most(5))), quota(1))
    expect(isDenial(decide(frame))).toBe(true)
    frame.release()
    expect(log).toEqual(["reserve quota", "release quota 3"])
    expect(frame.faults.map(String)).toEqual(["Error: no store"])
  })

  test("is never taken by simulating, completing, explaining or mending", async () => {
    const cases = fc.tuple(anyPlan({ kinds: ["reserved", "read", "fetched"], clauses: 4 }), anyReadings(false))
    await fc.assert(
      fc.asyncProperty(cases, async ([{ plan }, readings]) => {
        const world = worldOf(readings)
        const frame = new Frame(plan, world)
        const verdict = await decideLive(frame)
        const taken = [...world.taken]
        simulate(plan, new Map([["test.t", "a"]]))
        if (verdict.kind === "deny") explain(verdict, "operator", "request", { changes: 2, frames: 64 })
        frame.complete()
        expect(world.taken).toEqual(taken)
        frame.release()
        expect(world.released.length).toBe(taken.length)
      }),
      { numRuns: 200 },
    )
  })
})
