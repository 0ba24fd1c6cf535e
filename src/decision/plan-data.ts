import type { Cause } from "./cause.ts"
import type { Check, Clause } from "./check.ts"
import { derivedFact, type Fact, type FactName, readFact } from "./fact.ts"
import type { Audience } from "./party.ts"
import { type Plan, PlanFault, type PlanSpec, plan } from "./plan.ts"
import type { Relation } from "./relation.ts"
import type { Source } from "./source.ts"
import { type NonEmpty, UNKNOWN, type Value } from "./value.ts"

/**
 * A plan as JSON: facts, relations and causes by name.
 *
 * Its text is what a revision is the digest of, and what is stored, so that a decision is replayed by the clauses that made
 * it whatever has become of the configuration, and of the code that once turned it into clauses.
 */
export interface PlanData {
  readonly selector: string
  readonly facts: readonly FactData[]
  /** Each clause once, however many tracks it is on. */
  readonly clauses: readonly ClauseData[]
  /** Lists of numbers of clauses. */
  readonly lists: readonly (readonly number[])[]
  /** The number of its list, by the track's name. */
  readonly tracks: Readonly<Record<string, number>>
}
interface FactData extends FactName {
  readonly derived: boolean
}
interface CheckData {
  readonly fact: string
  readonly relation: string
  readonly required:
    | { readonly value: Value; readonly shownTo: Audience; readonly editable: boolean }
    | { readonly fact: string }
  readonly source: Source
}
interface ClauseData extends Pick<Clause<never>, "stage"> {
  readonly cause: string
  readonly anyOf: readonly CheckData[]
  readonly whenUnknown: string
}

const ALLOW = "allow"

export function planData<W>({ selector, tracks }: Omit<PlanSpec<W>, "revision">): PlanData {
  const facts = new Map<string, FactData>()
  const note = (fact: Fact<Value, W>): string => {
    const { name, since, party, shownTo, kind } = fact
    if (facts.has(name)) return name
    facts.set(name, { name, since, party, shownTo, derived: kind === "derived" })
    if (fact.kind === "derived") fact.from.forEach(note)
    return name
  }
  const checkData = ({ fact, relation, requirement: it }: Check<W>): CheckData => ({
    fact: note(fact),
    relation: relation.name,
    required:
      it.kind === "fact" ? { fact: note(it.fact) } : { value: it.value, shownTo: it.shownTo, editable: it.editable },
    source: it.source,
  })
  const clauseData = ({ stage, cause, anyOf, whenUnknown }: Clause<W>): ClauseData => ({
    stage,
    cause: cause.code,
    anyOf: anyOf.map(checkData),
    whenUnknown: whenUnknown === ALLOW ? ALLOW : whenUnknown.deny.code,
  })
  const name = note(selector)
  const clauses = new Numbered<string, ClauseData>()
  const lists = new Numbered<readonly Clause<W>[], readonly number[]>()
  const numbers = (list: readonly Clause<W>[]): readonly number[] =>
    list.map((it) => {
      const data = clauseData(it)
      return clauses.number(JSON.stringify(data), () => data)
    })
  const byName = Object.fromEntries(
    [...tracks].map(([track, list]) => [track, lists.number(list, () => numbers(list))]),
  )
  return { selector: name, facts: [...facts.values()], clauses: clauses.values, lists: lists.values, tracks: byName }
}

/** Values in the order their keys were first met; the same key has the same number. */
class Numbered<K, V> {
  readonly values: V[] = []
  readonly #numbers = new Map<K, number>()

  number(key: K, make: () => V): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.values.push(make()) - 1
    this.#numbers.set(key, number)
    return number
  }
}

/** What names in stored plans stand for. Each may answer undefined for a name this release no longer knows. */
export interface Vocabulary {
  cause(code: string): Cause | undefined
  relation(name: string): Relation<Value, Value> | undefined
  /** Facts computed from others, which a stored plan cannot hold. */
  derived(name: string): Fact<Value, never> | undefined
}

/** The plan a stored one was. Its facts cannot be read, only filled from records. @throws PlanFault for an unknown name. */
export function revive(data: PlanData, revision: string, vocabulary: Vocabulary): Plan<never> {
  const stored = new Map(data.facts.map((it) => [it.name, it]))
  const facts = new Map<string, Fact<Value, never>>()
  const factOf = (name: string): Fact<Value, never> => {
    const before = facts.get(name)
    if (before !== undefined) return before
    const { derived, ...it } = known("fact", name, stored.get(name))
    const fact = derived
      ? computed(it, known("fact", name, vocabulary.derived(name)), factOf)
      : readFact({ ...it, read: () => UNKNOWN })
    facts.set(name, fact)
    return fact
  }
  const causeOf = (code: string): Cause => known("cause", code, vocabulary.cause(code))
  const checkOf = ({ fact, relation, required, source }: CheckData): Check<never> => ({
    fact: factOf(fact),
    relation: known("relation", relation, vocabulary.relation(relation)),
    requirement:
      "fact" in required
        ? { kind: "fact", fact: factOf(required.fact), source }
        : { kind: "written", ...required, source },
  })
  const clauseOf = ({ stage, cause, anyOf, whenUnknown }: ClauseData): Clause<never> => ({
    stage,
    cause: causeOf(cause),
    anyOf: nonEmpty(anyOf.map(checkOf)),
    whenUnknown: whenUnknown === ALLOW ? ALLOW : { deny: causeOf(whenUnknown) },
  })
  const clauses = data.clauses.map(clauseOf)
  const lists = data.lists.map((list) => list.map((it) => known("clause", String(it), clauses[it])))
  const tracks = new Map(
    Object.entries(data.tracks).map(([name, list]) => [name, known("list", String(list), lists[list])]),
  )
  const selector = factOf(data.selector)
  return plan({ revision, selector: selector as Fact<string, never>, tracks })
}

/** Computed as this release does, from the stored plan's facts: those are what the record fills. */
function computed(stored: FactName, found: Fact<Value, never>, factOf: (name: string) => Fact<Value, never>) {
  if (found.kind !== "derived")
    throw new PlanFault(`${stored.name} was computed when the plan was stored, and is not now`)
  return derivedFact({ ...found, ...stored, from: found.from.map(({ name }) => factOf(name)) })
}

function known<T>(what: string, name: string, found: T | undefined): T {
  if (found === undefined)
    throw new PlanFault(`the stored plan names the ${what} ${name}, which this release does not know`)
  return found
}

function nonEmpty<T>([first, ...rest]: readonly T[]): NonEmpty<T> {
  if (first === undefined) throw new PlanFault("the stored plan holds a clause without a check")
  return [first, ...rest]
}
