// What must not compile. The compiler is the test: a line that compiles is an unused `@ts-expect-error`, which is an error.
import { causeNamed } from "./any-plan.fixture.ts"
import { type Clause, check, type Requirement, written } from "./check.ts"
// @ts-expect-error: the class of refusals is not exported, so nobody can construct one
import type { Denial, Permit, Refusal } from "./decide.ts"
import type { Evidence } from "./evidence.ts"
import { type Fact, readFact } from "./fact.ts"
import type { Frame } from "./frame.ts"
import type { Plan } from "./plan.ts"
import { atMost, equals, includesAll, oneOf } from "./relations.ts"

interface World {
  readonly path: string
}
declare const frame: Frame<World>
declare const it: Evidence
declare const denial: Denial<World>
declare const clause: Denial<World>["clause"]
declare const built: Plan<World>
declare const model: Fact<string, World>
declare const bytes: Fact<number, World>
declare const names: Fact<readonly string[] | null, World>
declare const source: Evidence["source"]
const refused = causeNamed("test/refused")
const common = { name: "x", since: "wire", party: "caller", shownTo: "anonymous" } as const

// @ts-expect-error: a denial cannot be written by hand, with or without evidence
export const forged: Denial<World> = { kind: "deny", clause, cause: refused, evidence: [it], frame }
// @ts-expect-error: nor can one be spread into another
export const copied: Denial<World> = { ...denial, evidence: [it] }
// @ts-expect-error: nor constructed from the one at hand
export const constructed = new denial.constructor(clause, refused, frame).cause
export type { Refusal }
// @ts-expect-error: evidence is never empty
export const bare: Denial<World>["evidence"] = []
// @ts-expect-error: a clause must have a check
export const vacuous: Clause<World> = { stage: "edge", cause: refused, anyOf: [], whenUnknown: "allow" }
// @ts-expect-error: a clause must say what unknown means
export const silent: Clause<World> = { stage: "edge", cause: refused, anyOf: [check(bytes, atMost, limit())] }
export const vague: Clause<World> = {
  stage: "edge",
  cause: refused,
  anyOf: [check(bytes, atMost, limit())],
  // @ts-expect-error: to deny what is unknown takes a cause
  whenUnknown: "deny",
}
// @ts-expect-error: a model name cannot be at most a number
export const nonsense = check(model, atMost, written(5, source, "anonymous"))
// @ts-expect-error: a number is no list of names
export const mismatched = check(model, oneOf, written(5, source, "anonymous"))
// @ts-expect-error: nor is a fact that holds one
export const unfit = check(model, equals, { kind: "fact", fact: bytes, source })
// @ts-expect-error: a relation that was never told of null is not asked about what may be null
export const absentMinded = check(names, includesAll, written(["a"], source, "anonymous"))
// @ts-expect-error: a requirement says who may be told it
export const open: Requirement<number, World> = { kind: "written", value: 5, source, editable: true }
// @ts-expect-error: a frame is not a permit until it has been decided
export const undecided: Permit<World> = frame
// @ts-expect-error: nor is a refusal
export const turned: Permit<World> = denial
// @ts-expect-error: a plan does not change
built.revision = "r2"
// @ts-expect-error: nor do its tracks
built.tracks.set("other", built.prelude)
// @ts-expect-error: nor does a track
built.prelude.clauses.push(clause)
// @ts-expect-error: a fact is JSON: a date would not come back from a record as it was
export const dated = readFact({ ...common, read: (_: World) => new Date() })
// @ts-expect-error: nor would a set
export const collected = readFact({ ...common, read: (_: World) => new Set(["a"]) })
// @ts-expect-error: a fact that cannot be known says so with UNKNOWN
export const forgotten = readFact({ ...common, read: (_: World): string | undefined => undefined })
// @ts-expect-error: every fact says who may be told its value
export const secretive = readFact({ name: "x", since: "wire", party: "caller", read: (_: World) => "" })

function limit(): Requirement<number, World> {
  return written(5, source, "anonymous")
}
