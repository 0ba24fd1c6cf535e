import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { causeNamed } from "./any-plan.fixture.ts"
import { type Clause, check, following } from "./check.ts"
import { decide, decideLive, isDenial } from "./decide.ts"
import { fetchedFact, readFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { plan } from "./plan.ts"
import { recordOf, replay } from "./record.ts"
import { equals } from "./relations.ts"
import { simulateFrame } from "./simulate.ts"
import { PHASES, type Phase, phaseBefore, phaseOf, phaseRank, STAGES, type Stage, stageRank } from "./stage.ts"

/** What each stage reads now, and what was read, in order. */
interface Moving {
  readonly now: Map<Stage, string>
  readonly reads: string[]
}

const common = { party: "nobody", shownTo: "anonymous" } as const
const source = { file: "f", path: "p" }
const selector = readFact({ ...common, name: "track", since: "wire", read: (_: Moving): string => "only" })

const read = (world: Moving, stage: Stage): string => {
  world.reads.push(stage)
  return world.now.get(stage) ?? "right"
}
function clauseAt(stage: Stage, waits = false): Clause<Moving> {
  const facts = { ...common, name: `at.${stage}`, since: stage }
  const fact = waits
    ? fetchedFact({ ...facts, fetch: async (world: Moving) => read(world, stage) })
    : readFact({ ...facts, read: (world: Moving) => read(world, stage) })
  return {
    stage,
    cause: causeNamed(`failed/${stage}`),
    anyOf: [check(fact, equals, following("right", source, "anonymous"))],
    whenUnknown: { deny: causeNamed(`unknown/${stage}`) },
  }
}
const planOf = (...clauses: readonly Clause<Moving>[]) =>
  plan({ revision: "r1", selector, tracks: new Map([["only", clauses]]) })
const moving = (): Moving => ({ now: new Map(), reads: [] })
const LATER = ["body", "upstream", "answer"] as const satisfies readonly Phase[]

test("phases come in the order of their stages, each behind the one before it", () => {
  const ranks = [...STAGES].sort((a, b) => stageRank(a) - stageRank(b)).map((it) => phaseRank(phaseOf(it)))
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
  for (const it of LATER) expect(PHASES[phaseRank(it) - 1]).toBe(phaseBefore(it))
})

describe("reopening a phase", () => {
  test("judges its own clauses by values as they are then, and no others", () => {
    const changes = fc.array(fc.tuple(fc.constantFrom(...STAGES), fc.constantFrom("right", "wrong")), { maxLength: 6 })
    fc.assert(
      fc.property(fc.constantFrom(...LATER), changes, (phase, changed) => {
        const world = moving()
        const frame = new Frame(planOf(...STAGES.map((it) => clauseAt(it))), world)
        expect(isDenial(decide(frame, "answer"))).toBe(false)
        world.reads.length = 0
        for (const [stage, value] of changed) world.now.set(stage, value)
        frame.reopen(phase)
        expect(isDenial(decide(frame, phase))).toBe(world.now.get(phase) === "wrong")
        expect(world.reads).toEqual([phase])
      }),
    )
  })

  test("of an answer waits for what must be fetched, each time anew", async () => {
    const world = moving()
    const frame = new Frame(planOf(clauseAt("content"), clauseAt("answer", true)), world)
    expect(isDenial(await decideLive(frame))).toBe(false)
    expect(world.reads).toEqual(["content"])
    for (const value of ["right", "wrong"]) {
      world.now.set("answer", value)
      frame.reopen("answer")
      expect(isDenial(await decideLive(frame, "answer"))).toBe(value === "wrong")
    }
    expect(world.reads).toEqual(["content", "answer", "answer"])
  })
})

test("an answer is judged again from its record as it was judged live", () => {
  fc.assert(
    fc.property(fc.constantFrom("right", "wrong"), (value) => {
      const world = moving()
      world.now.set("answer", value)
      const built = planOf(...STAGES.map((it) => clauseAt(it)))
      const frame = new Frame(built, world)
      expect(isDenial(decide(frame))).toBe(false)
      frame.reopen("answer")
      const verdict = decide(frame, "answer")
      const again = simulateFrame(replay(built, recordOf(frame.complete("answer"), "answer")), "answer")
      expect(again.kind).toBe(isDenial(verdict) ? "deny" : "permit")
    }),
  )
})
