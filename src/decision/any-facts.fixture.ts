import fc from "fast-check"
import { derivedFact, type Fact, fetchedFact, readFact, reservedFact } from "./fact.ts"
import { AUDIENCES, type Audience, PARTIES, type Party } from "./party.ts"
import { UNKNOWN, type Unknown, type Value } from "./value.ts"

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
interface FactSpec {
  readonly kind: Kind
  readonly party: Party
  readonly shownTo: Audience
}
export const LETTERS = ["a", "b", "c"] as const
export const NUMBERS = [0, 1, 2, 3] as const
const LISTS: readonly (readonly string[])[] = [[], ["a"], ["b"], ["a", "b"]]
export const LISTED: readonly (readonly string[])[] = [...LISTS, ["c"], ["a", "c"], ["b", "c"], ["a", "b", "c"]]

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
type BaseName = keyof typeof DOMAINS
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
export function factsOf(specs: Specs) {
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

/** `kinds`: how base facts may be filled; numbers alone can be reserved, and what chooses the track is at hand. */
export const factSpecs = (kinds: readonly Kind[]): fc.Arbitrary<Specs> => {
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
