import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cause } from "./cause.ts"
import { type Check, type Clause, check, written } from "./check.ts"
import { decide } from "./decide.ts"
import { explain } from "./explain.ts"
import { derivedFact, readFact } from "./fact.ts"
import { Frame } from "./frame.ts"
import { AUDIENCES, type Audience, maySee, narrower, PARTIES, type Party } from "./party.ts"
import { plan } from "./plan.ts"
import type { Relation } from "./relation.ts"
import { absent, atMost, equals, includesAll, oneOf, present } from "./relations.ts"
import { simulate } from "./simulate.ts"
import type { NonEmpty, Value } from "./value.ts"

/** Marks everything that could be printed, and remembers who may see it. */
class Marks {
  readonly #shownTo = new Map<string, Audience>()
  text(shownTo: Audience): string {
    return this.#note(`mark-${String(this.#shownTo.size).padStart(4, "0")}`, shownTo)
  }
  number(shownTo: Audience, above: number): number {
    return Number(this.#note(String(above + this.#shownTo.size), shownTo))
  }
  hiddenFrom(audience: Audience): readonly string[] {
    return [...this.#shownTo].flatMap(([mark, shownTo]) => (maySee(audience, shownTo) ? [] : [mark]))
  }
  #note(mark: string, shownTo: Audience): string {
    this.#shownTo.set(mark, shownTo)
    return mark
  }
}

interface Spec {
  readonly relation: "atMost" | "equals" | "other" | "present" | "absent" | "oneOf" | "includesAll" | "near"
  readonly fact: Audience
  readonly required: Audience
  readonly other: Audience
  readonly party: Party
  readonly dynamic: boolean
}
const spec: fc.Arbitrary<Spec> = fc.record({
  relation: fc.constantFrom("atMost", "equals", "other", "present", "absent", "oneOf", "includesAll", "near"),
  fact: fc.constantFrom(...AUDIENCES),
  required: fc.constantFrom(...AUDIENCES),
  other: fc.constantFrom(...AUDIENCES),
  party: fc.constantFrom(...PARTIES),
  dynamic: fc.boolean(),
})

/** Fails where both sides are one value. */
const other: Relation<string, string> = {
  name: "other than",
  holds: (observed, refused) => observed !== refused,
  say: (observed, refused) => (observed === undefined ? "it is what is refused" : `it is ${refused}`),
  offers: () => [],
}

type Nothing = Readonly<Record<string, never>>

/** A check that fails, all parts of which are marked. */
function failing(it: Spec, marks: Marks, id: string): Check<Nothing> {
  const secret = () => ({ file: marks.text("operator"), line: 1, path: marks.text("operator") })
  const fact = <T extends Value>(value: T, shownTo = it.fact, name = `seen.${id}`) =>
    readFact({ name, since: "wire", party: it.party, shownTo, read: (_: Nothing): T => value, source: secret })
  const required = <const R extends Value>(value: R) =>
    it.dynamic
      ? ({ kind: "fact", fact: fact(value, it.required, `asked.${id}`), source: secret() } as const)
      : written(value, secret(), it.required)
  switch (it.relation) {
    case "atMost":
      return check(fact(marks.number(it.fact, 9_000_000)), atMost, required(marks.number(it.required, 1_000_000)))
    case "equals":
      return check(fact(marks.text(it.fact)), equals, required(marks.text(it.required)))
    case "other": {
      // One value on both sides: whoever may not see the fact may not learn it from what is refused.
      const value = marks.text(it.fact)
      return check(fact(value), other, required(value))
    }
    case "present":
      return check(fact<string | null>(null), present, required(marks.text(it.required)))
    case "absent":
      return check(fact<string | null>(marks.text(it.fact)), absent, required(null))
    case "oneOf":
      return check(fact(marks.text(it.fact)), oneOf, required([marks.text(it.required), marks.text(it.required)]))
    case "includesAll":
      return check(fact([marks.text(it.fact)]), includesAll, required([marks.text(it.required)]))
    case "near": {
      const base = fact(marks.text(it.other), it.other, `base.${id}`)
      const right = marks.text(narrower(it.fact, it.other))
      const computed = derivedFact({
        name: `computed.${id}`,
        since: "wire",
        party: "nobody",
        shownTo: it.fact,
        from: [base],
        derive: (now): string | null => (now === right ? "fits" : null),
        near: () => [
          { name: marks.text(it.fact), said: marks.text(it.fact), source: secret(), changes: [{ at: 0, to: right }] },
        ],
      })
      return check(computed, present, required(marks.text(it.required)))
    }
  }
}

const nosy = cause({
  code: "test/nosy",
  status: 403,
  title: "It is refused",
  explain: (evidence) => JSON.stringify(evidence),
  fix: [{ by: "caller", does: "give up" }],
})

const plain = { since: "wire", party: "caller", shownTo: "anonymous" } as const
const track = readFact({ ...plain, name: "track", party: "nobody", read: (_: Nothing) => "only" })
const planOf = (revision: string, clauses: readonly Clause<Nothing>[]) =>
  plan({ revision, selector: track, tracks: new Map([["only", clauses]]) })

function refusal(specs: NonEmpty<NonEmpty<Spec>>, marks: Marks) {
  const clauses = specs.map(([first, ...rest], at) => {
    const anyOf: NonEmpty<Check<Nothing>> = [
      failing(first, marks, `${at}.0`),
      ...rest.map((it, nth) => failing(it, marks, `${at}.${nth + 1}`)),
    ]
    return { stage: "access", cause: nosy, anyOf, whenUnknown: "allow" } as const
  })
  const verdict = decide(new Frame(planOf(marks.text("operator"), clauses), {}))
  if (verdict.kind !== "deny") throw new Error("nothing failed")
  return verdict
}

const clause = fc.tuple(spec, fc.array(spec, { maxLength: 1 })).map(([first, rest]): NonEmpty<Spec> => [first, ...rest])
const clauses = fc
  .tuple(clause, fc.array(clause, { maxLength: 1 }))
  .map(([first, rest]): NonEmpty<NonEmpty<Spec>> => [first, ...rest])

describe("an explanation", () => {
  test("prints nothing above its audience", () => {
    fc.assert(
      fc.property(clauses, fc.constantFrom(...AUDIENCES), (specs, audience) => {
        const marks = new Marks()
        const printed = JSON.stringify(explain(refusal(specs, marks), audience))
        expect(marks.hiddenFrom(audience).filter((it) => printed.includes(it))).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test("tells the operator both sides, and where each is written", () => {
    const marks = new Marks()
    const all = {
      fact: "operator",
      required: "operator",
      other: "operator",
      party: "operator",
      dynamic: false,
    } as const
    const told = explain(refusal([[{ relation: "oneOf", ...all }]], marks), "operator")
    const [evidence] = told.evidence
    expect(String(evidence.observed)).toMatch(/mark/)
    expect(String(evidence.required)).toMatch(/mark/)
    expect(evidence.at).toMatch(/^mark.*:1$/)
    expect(evidence.observedAt).toMatch(/^mark.*:1$/)
    expect(told.mends.length).toBeGreaterThan(0)
    expect(told.track).toEqual([{ stage: "access", cause: "test/nosy", outcome: "failed" }])
  })

  test("does not suggest a value taken from a list that may not be seen", () => {
    const hidden = {
      relation: "oneOf",
      fact: "anonymous",
      other: "anonymous",
      party: "caller",
      dynamic: false,
    } as const
    const suggested = (required: Audience) =>
      explain(refusal([[{ ...hidden, required }]], new Marks()), "anonymous").mends.length
    expect([suggested("anonymous"), suggested("operator")]).toEqual([2, 0])
  })

  test("is given though what almost matched cannot be told, which is a fault", () => {
    const path = readFact({ ...plain, name: "path", read: (_: Nothing): string => "/x" })
    const route = derivedFact({
      ...plain,
      name: "route",
      from: [path],
      derive: (): string | null => null,
      near: () => {
        throw new Error("no table of routes")
      },
    })
    const anyOf = [check(route, present, written("some", { file: "f", path: "p" }, "anonymous"))] as const
    const unrouted = { stage: "route", cause: nosy, anyOf, whenUnknown: "allow" } as const
    const verdict = decide(new Frame(planOf("r1", [unrouted]), {}))
    if (verdict.kind !== "deny") throw new Error("it was not refused")
    expect(explain(verdict, "operator")).toMatchObject({ cause: "test/nosy", near: [], mends: [] })
    expect(verdict.frame.faults.map(String)).toEqual(["Error: no table of routes"])
  })

  test("looks for a way out of the phase in which it was refused", () => {
    const received = readFact({ ...plain, name: "body.received", since: "body", read: (_: Nothing): number => 9 })
    const limit = written(5, { file: "f", path: "p" }, "anonymous")
    const tooLong = {
      stage: "body",
      cause: nosy,
      anyOf: [check(received, atMost, limit)],
      whenUnknown: "allow",
    } as const
    const frame = new Frame(planOf("r1", [tooLong]), {})
    expect(decide(frame).kind).toBeUndefined()
    const verdict = decide(frame, "body")
    if (verdict.kind !== "deny") throw new Error("it was not refused")
    expect(explain(verdict, "anonymous").mends.map((it) => it.changes[0].to)).toEqual([5])
  })

  test("of a simulation finds a way out and names what is still unknown", () => {
    const fact = (name: string) => readFact({ ...plain, name, read: (_: Nothing): string => "" })
    const one = (name: string) =>
      ({
        stage: "access",
        cause: nosy,
        anyOf: [check(fact(name), equals, written("right", { file: "f", path: name }, "anonymous"))],
        whenUnknown: { deny: nosy },
      }) as const
    const built = plan({ revision: "r1", selector: fact("track"), tracks: new Map([["only", [one("a"), one("b")]]]) })
    const found = simulate(
      built,
      new Map([
        ["track", "only"],
        ["a", "wrong"],
      ]),
    )
    if (found.kind !== "deny") throw new Error("it was not refused")
    expect(found.needs.map((it) => it.name)).toEqual(["b"])
    const [mending] = explain(found.blockers[0], "anonymous").mends
    expect(mending).toEqual({
      changes: [{ by: "caller", fact: "a", kind: "fact", from: "wrong", to: "right" }],
      unverified: ["b"],
    })
  })
})
