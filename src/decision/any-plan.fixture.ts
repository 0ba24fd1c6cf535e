import fc from "fast-check"
import { type Cause, cause } from "./cause.ts"
import { type Check, type Clause, check, written } from "./check.ts"
import { derivedFact, type Fact, fetchedFact, readFact, reservedFact } from "./fact.ts"
import { AUDIENCES, type Audience, PARTIES, type Party } from "./party.ts"
import { type Plan, type PlanSpec, plan } from "./plan.ts"
import { planData, type Vocabulary } from "./plan-data.ts"
import { absent, atMost, equals, includesAll, isNot, oneOf, present } from "./relations.ts"
import { STAGES, type Stage } from "./stage.ts"
import { type NonEmpty, UNKNOWN, type Unknown, type Value } from "./value.ts"

/** What a source answers when a fact is read. */
export type Reading = { readonly kind: "value"; readonly value: Value } | { readonly kind: "unknown" | "throws" }

/** A world for property tests: what every fact will read, and a ledger of what was reserved. */
export interface TestWorld {
  readonly readings: ReadonlyMap<string, Reading>
  readonly reads: string[]
  readonly taken: string[]
  readonly released: string[]
}
export const worldOf = (readings: ReadonlyMap<string, Reading>): TestWorld => ({
  readings,
  reads: [],
  taken: [],
  released: [],
})

export type Kind = "read" | "fetched" | "reserved"
export interface FactSpec {
  readonly kind: Kind
  readonly party: Party
  readonly shownTo: Audience
}
type CheckSpec = (facts: Facts, at: number) => Check<TestWorld>
export interface ClauseSpec {
  readonly stage: Stage
  readonly anyOf: NonEmpty<CheckSpec>
  readonly allow: boolean
}
export interface Built {
  readonly spec: PlanSpec<TestWorld>
  readonly plan: Plan<TestWorld>
  readonly vocabulary: Vocabulary
}

export const LETTERS = ["a", "b", "c"] as const
export const NUMBERS = [0, 1, 2, 3] as const
const LISTS: readonly (readonly string[])[] = [[], ["a"], ["b"], ["a", "b"]]
const LISTED: readonly (readonly string[])[] = [...LISTS, ["c"], ["a", "c"], ["b", "c"], ["a", "b", "c"]]

/** What each base fact may be, and so what kind of value it is. */
export const DOMAINS = {
  n0: NUMBERS,
  n1: NUMBERS,
  s0: LETTERS,
  s1: LETTERS,
  l0: LISTS,
  l1: LISTS,
  o0: [null, "a", "b"],
  t: LETTERS,
} as const satisfies Readonly<Record<string, readonly Value[]>>
export type BaseName = keyof typeof DOMAINS
export const BASES: readonly BaseName[] = ["n0", "n1", "s0", "s1", "l0", "l1", "o0", "t"]

function reading(world: TestWorld, name: string): Value | Unknown {
  world.reads.push(name)
  const found = world.readings.get(name)
  if (found?.kind === "throws") throw new Error(`${name} has no source`)
  return found?.kind === "value" ? found.value : UNKNOWN
}

type Narrow<T extends Value> = (value: Value) => T
function base<T extends Value>(name: BaseName, spec: FactSpec, narrow: Narrow<T>): Fact<T, TestWorld> {
  const { party, shownTo, kind } = spec
  const common = { name: `test.${name}`, since: "wire", party, shownTo } as const
  const read = (world: TestWorld): T | Unknown => {
    const value = reading(world, common.name)
    return value === UNKNOWN ? UNKNOWN : narrow(value)
  }
  switch (kind) {
    case "read":
      return readFact({ ...common, read, source: () => ({ file: "store", path: name }) })
    case "fetched":
      return fetchedFact({ ...common, fetch: async (world: TestWorld) => read(world) })
    case "reserved": {
      const reserve = (world: TestWorld): T | Unknown => {
        const value = read(world)
        if (value !== UNKNOWN) world.taken.push(name)
        return value
      }
      return reservedFact({ ...common, reserve, peek: read, release: (world) => void world.released.push(name) })
    }
  }
}

const text: Narrow<string> = (value) => String(value)
const amount: Narrow<number> = (value) => Number(value)
const list: Narrow<readonly string[]> = (value) => (typeof value === "object" && value !== null ? value : [])
const optional: Narrow<string | null> = (value) => (value === null ? null : String(value))

type Specs = Readonly<Record<BaseName, FactSpec>>
function factsOf(specs: Specs) {
  const n0 = base("n0", specs.n0, amount)
  const n1 = base("n1", specs.n1, amount)
  const s0 = base("s0", specs.s0, text)
  const s1 = base("s1", specs.s1, text)
  const t = base("t", specs.t, text)
  const computed = { since: "wire", party: "nobody", shownTo: "anonymous" } as const
  return {
    n0,
    n1,
    s0,
    s1,
    t,
    l0: base("l0", specs.l0, list),
    l1: base("l1", specs.l1, list),
    o0: base("o0", specs.o0, optional),
    sum: derivedFact({
      ...computed,
      name: "test.sum",
      from: [n0, n1],
      derive: (a, b) => amount(a) + amount(b),
      near: (a, b) => nearPairs(NUMBERS, [a, b]),
    }),
    pair: derivedFact({
      ...computed,
      name: "test.pair",
      from: [s0, s1],
      derive: (a, b) => (a === b ? "a" : text(a)),
      near: (a, b) => nearPairs(LETTERS, [a, b]),
    }),
    fragile: derivedFact({
      ...computed,
      name: "test.fragile",
      from: [s0],
      derive: (a): string => {
        if (a === "c") throw new Error("c cannot be computed")
        return text(a)
      },
    }),
    track: derivedFact({
      ...computed,
      name: "test.track",
      from: [t],
      derive: (a): string => (a === "c" ? "other" : "main"),
    }),
  }
}
export type Facts = ReturnType<typeof factsOf>

/** Every change of one of two facts, then of both: so that a search by near misses can miss nothing. */
function nearPairs(domain: readonly Value[], now: readonly [Value, Value]) {
  const source = { file: "near", path: "near" }
  const single = ([0, 1] as const).flatMap((at) => domain.filter((to) => to !== now[at]).map((to) => [{ at, to }]))
  const both = domain.flatMap((a) =>
    domain.map((b) => [
      { at: 0, to: a },
      { at: 1, to: b },
    ]),
  )
  return [...single, ...both].map((changes) => ({ name: "near", said: "differs", source, changes }))
}

const at = (line: number, clause: number) => ({ file: "test.yaml", line, path: `clauses[${clause}].${line}` })
const letters = fc.constantFrom(...LISTED)
const CHECKS: readonly fc.Arbitrary<CheckSpec>[] = [
  fc.tuple(fc.constantFrom("n0", "n1", "sum"), fc.constantFrom(...NUMBERS)).map(
    ([name, most]) =>
      (facts, where) =>
        check(facts[name], atMost, written(most, at(0, where), "anonymous")),
  ),
  fc.constantFrom<CheckSpec>(
    (facts, where) => check(facts.n0, atMost, { kind: "fact", fact: facts.n1, source: at(1, where) }),
    (facts, where) => check(facts.n1, atMost, { kind: "fact", fact: facts.sum, source: at(1, where) }),
    (facts, where) => check(facts.s0, oneOf, { kind: "fact", fact: facts.l0, source: at(2, where) }),
    (facts, where) => check(facts.l0, includesAll, { kind: "fact", fact: facts.l1, source: at(3, where) }),
    (facts, where) => check(facts.o0, present, written("a", at(4, where), "anonymous")),
  ),
  fc.tuple(fc.constantFrom("s0", "s1", "t", "pair"), letters).map(
    ([name, allowed]) =>
      (facts, where) =>
        check(facts[name], oneOf, written(allowed, at(5, where), "anonymous")),
  ),
  fc.tuple(fc.constantFrom("l0", "l1"), letters).map(
    ([name, needed]) =>
      (facts, where) =>
        check(facts[name], includesAll, written(needed, at(6, where), "anonymous")),
  ),
]
/** Relations that offer less than there is (of null, nothing can be listed), and a computed fact without near misses. */
const UNMENDED: readonly fc.Arbitrary<CheckSpec>[] = [
  letters.map((allowed) => (facts, where) => check(facts.fragile, oneOf, written(allowed, at(9, where), "anonymous"))),
  fc.tuple(fc.constantFrom("s0", "pair"), fc.constantFrom(...LETTERS), fc.constantFrom(equals, isNot)).map(
    ([name, value, relation]) =>
      (facts, where) =>
        check(facts[name], relation, written(value, at(7, where), "anonymous")),
  ),
  fc.constant<CheckSpec>((facts, where) => check(facts.o0, absent, written(null, at(8, where), "anonymous"))),
]

const clauseSpec = (checks: readonly fc.Arbitrary<CheckSpec>[]): fc.Arbitrary<ClauseSpec> =>
  fc.record({
    stage: fc.constantFrom<Stage>(...STAGES.slice(0, 7)),
    anyOf: fc
      .tuple(fc.oneof(...checks), fc.array(fc.oneof(...checks), { maxLength: 1 }))
      .map(([first, rest]): NonEmpty<CheckSpec> => [first, ...rest]),
    allow: fc.boolean(),
  })

/** `kinds`: how base facts may be filled; numbers alone can be reserved, and what chooses the track is at hand. */
const factSpecs = (kinds: readonly Kind[]): fc.Arbitrary<Specs> => {
  const spec = (allowed: readonly Kind[]): fc.Arbitrary<FactSpec> =>
    fc.record({
      kind: fc.constantFrom(...allowed),
      party: fc.constantFrom(...PARTIES),
      shownTo: fc.constantFrom(...AUDIENCES),
    })
  const plain = kinds.filter((it) => it !== "reserved")
  const [n0, n1] = [spec(kinds), spec(kinds)]
  const [s0, s1, l0, l1, o0] = [spec(plain), spec(plain), spec(plain), spec(plain), spec(plain)]
  return fc.record({ n0, n1, s0, s1, l0, l1, o0, t: spec(["read"]) })
}

export const causeNamed = (code: `${string}/${string}`): Cause =>
  cause({
    code,
    status: 403,
    title: code,
    explain: (evidence) => evidence.map((it) => it.said).join("; "),
    fix: [{ by: "caller", does: "something else" }],
  })

const clauseOf = ({ stage, anyOf: [first, ...rest], allow }: ClauseSpec, facts: Facts, where: number) =>
  ({
    stage,
    cause: causeNamed(`failed/${where}`),
    anyOf: [first(facts, where * 2), ...rest.map((it) => it(facts, where * 2 + 1))],
    whenUnknown: allow ? "allow" : { deny: causeNamed(`unknown/${where}`) },
  }) satisfies Clause<TestWorld>

export interface PlanLimits {
  readonly kinds: readonly Kind[]
  readonly clauses: number
  /** Only checks whose relations offer every way to hold. */
  readonly mendable?: boolean
}

/** A plan of two tracks chosen by a computed fact. */
export const anyPlan = ({ kinds, clauses, mendable = false }: PlanLimits): fc.Arbitrary<Built> => {
  const track = fc.array(clauseSpec(mendable ? CHECKS : [...CHECKS, ...UNMENDED]), { maxLength: clauses })
  return fc.record({ specs: factSpecs(kinds), main: track, other: track }).map(({ specs, main, other }) => {
    const facts = factsOf(specs)
    const tracks = new Map<string, readonly Clause<TestWorld>[]>([
      ["main", main.map((it, where) => clauseOf(it, facts, where))],
      ["other", other.map((it, where) => clauseOf(it, facts, where + main.length))],
    ])
    const spec = { revision: "r1", selector: facts.track, tracks }
    const vocabulary = vocabularyOf(facts, [...tracks.values()].flat())
    // So that a counterexample is a plan to read, not a heap of closures.
    return { spec, plan: plan(spec), vocabulary, [fc.toStringMethod]: () => JSON.stringify(planData(spec)) }
  })
}

function vocabularyOf({ sum, pair, fragile, track }: Facts, clauses: readonly Clause<TestWorld>[]): Vocabulary {
  const relations = new Map(
    clauses.flatMap(({ anyOf }) => anyOf.map(({ relation }) => [relation.name, relation] as const)),
  )
  const causes = new Map<string, Cause>(
    clauses.flatMap(({ cause, whenUnknown }) =>
      (whenUnknown === "allow" ? [cause] : [cause, whenUnknown.deny]).map((it) => [it.code, it] as const),
    ),
  )
  const derived = new Map<string, Fact<Value, never>>([sum, pair, fragile, track].map((it) => [it.name, it]))
  return {
    cause: (code) => causes.get(code),
    relation: (name) => relations.get(name),
    derived: (name) => derived.get(name),
  }
}

/** Readings for every base fact. What chooses the track is always known, as there is nothing to judge before it. */
export function anyReadings(known: boolean): fc.Arbitrary<ReadonlyMap<string, Reading>> {
  const failing: fc.Arbitrary<Reading> = fc.constantFrom<Reading>({ kind: "unknown" }, { kind: "throws" })
  const value = (name: BaseName): fc.Arbitrary<Reading> =>
    fc.constantFrom<Value>(...DOMAINS[name]).map((it) => ({ kind: "value", value: it }))
  const one = (name: BaseName): fc.Arbitrary<readonly [string, Reading]> =>
    (known || name === "t" ? value(name) : fc.oneof({ weight: 5, arbitrary: value(name) }, failing)).map(
      (it) => [`test.${name}`, it] as const,
    )
  return fc.tuple(...BASES.map(one)).map((it) => new Map(it))
}
