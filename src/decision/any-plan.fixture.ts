import fc from "fast-check"
import {
  type Facts,
  factSpecs,
  factsOf,
  type Kind,
  LETTERS,
  LISTED,
  NUMBERS,
  type TestWorld,
} from "./any-facts.fixture.ts"
import { type Cause, cause } from "./cause.ts"
import { type Check, type Clause, check, written } from "./check.ts"
import type { Fact } from "./fact.ts"
import { type Plan, type PlanSpec, plan } from "./plan.ts"
import { planData, type Vocabulary } from "./plan-data.ts"
import { absent, atMost, equals, includesAll, oneOf, present } from "./relations.ts"
import { STAGES, type Stage } from "./stage.ts"
import type { NonEmpty, Value } from "./value.ts"

type CheckSpec = (facts: Facts, at: number) => Check<TestWorld>
interface ClauseSpec {
  readonly stage: Stage
  readonly anyOf: NonEmpty<CheckSpec>
  readonly allow: boolean
}
export interface Built {
  readonly spec: PlanSpec<TestWorld>
  readonly plan: Plan<TestWorld>
  readonly vocabulary: Vocabulary
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
  fc.tuple(fc.constantFrom("s0", "pair"), fc.constantFrom(...LETTERS)).map(
    ([name, value]) =>
      (facts, where) =>
        check(facts[name], equals, written(value, at(7, where), "anonymous")),
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
