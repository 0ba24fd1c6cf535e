import { decide } from "../src/decision/decide.ts"
import { explain } from "../src/decision/explain.ts"
import { Frame } from "../src/decision/frame.ts"
import { planOf, type World, worldOf } from "./gateway-plan.ts"
import { judgeNaively } from "./naive.ts"

/** One thing to measure. */
interface Body {
  readonly name: string
  /** How often it must have run before it is as fast as it gets. */
  readonly warm: number
  /** Made when asked for, as each is measured in a process of its own. It returns what it made, or it would be optimised away. */
  make(): () => unknown
}

/** Requests that take 64 tracks in turn, so that what they touch is not all in the nearest cache. */
const WORLDS = Array.from({ length: 64 }, (_, i) =>
  worldOf({ path: `/service-${(i * 7) % 100}/items`, bytes: 100 + i, model: i % 2 === 0 ? "small" : "medium" }),
)
const ONE_TRACK = [worldOf()]
const REFUSED = WORLDS.map((it) => worldOf({ path: it.path, bytes: it.bytes, model: "medum" }))

const cycle = <T>(items: readonly T[], run: (item: T) => unknown): (() => unknown) => {
  let at = 0
  return () => {
    const item = items[at]
    at = at + 1 === items.length ? 0 : at + 1
    return item === undefined ? item : run(item)
  }
}

const held = (every: number, worlds: readonly World[]): (() => unknown) => {
  const frame = new Frame(planOf(every))
  return cycle(worlds, (world) => decide(frame.reset(world)))
}

const refusal = (): (() => unknown) => {
  const frame = new Frame(planOf(1))
  return cycle(REFUSED, (world) => decide(frame.reset(world)))
}

const explained = (): (() => unknown) => {
  const frame = new Frame(planOf(1))
  return cycle(REFUSED, (world) => {
    const verdict = decide(frame.reset(world))
    return verdict.kind === "deny" ? explain(verdict, "owner", "request", { changes: 3, frames: 64 }) : verdict
  })
}

export const BODIES: Readonly<Record<string, Body>> = {
  decide: { name: "decide, 25 clauses hold", warm: 300_000, make: () => held(1, ONE_TRACK) },
  tracks: { name: "the same, 64 tracks in turn", warm: 300_000, make: () => held(1, WORLDS) },
  five: { name: "decide, 5 clauses hold", warm: 300_000, make: () => held(5, ONE_TRACK) },
  refuse: { name: "decide, the 25th clause fails", warm: 100_000, make: refusal },
  explain: { name: "the same, explained to its owner", warm: 20_000, make: explained },
  naive: { name: "25 closures and a trace (peer)", warm: 300_000, make: () => cycle(WORLDS, judgeNaively) },
  object: { name: "one object of two numbers (calibration)", warm: 300_000, make: () => objects() },
}

/** Known to allocate: shows that the measure would notice. */
function objects(): () => unknown {
  const kept: { a: number; b: number }[] = [{ a: 0, b: 0 }]
  let n = 0
  return () => {
    n++
    kept[0] = { a: n, b: n + 1 }
    return kept
  }
}
