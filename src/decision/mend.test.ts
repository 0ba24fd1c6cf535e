import { describe, expect, test } from "bun:test"
import { LETTERS } from "./any-facts.fixture.ts"
import { causeNamed } from "./any-plan.fixture.ts"
import { type Check, check, following, written } from "./check.ts"
import { decide, isDenial } from "./decide.ts"
import { derivedFact, type Fact, readFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { type Change, mend } from "./mend.ts"
import { plan } from "./plan.ts"
import { atMost, oneOf } from "./relations.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

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
