import { expect, test } from "bun:test"
import { array, assert, constantFrom, integer, property, record } from "fast-check"
import { type Excludable, minimalSets } from "./minimal.ts"

/** By definition: every subset that reaches the need and of which no member can be spared. */
function byDefinition(things: readonly Excludable[], need: number): readonly string[] {
  const found: string[] = []
  for (let mask = 1; mask < 1 << things.length; mask++) {
    const set = things.flatMap((it, at) => ((mask >> at) & 1 ? [{ ...it, at }] : []))
    const sum = set.reduce((total, it) => total + it.score, 0)
    if (sum >= need && set.every((it) => sum - it.score < need)) found.push(set.map((it) => it.at).join())
  }
  return found.sort()
}

const thing = record({ score: constantFrom(1, 2, 3, 4, 5, 10), breadth: constantFrom(1, 4, 8) })

test("all sets of which no member can be spared are found, and no other", () => {
  assert(
    property(array(thing, { maxLength: 10 }), integer({ min: 1, max: 40 }), (things, need) => {
      const { sets, found, isComplete } = minimalSets(things, need, 2_000)
      expect(isComplete).toBe(true)
      expect(found).toBe(sets.length)
      expect(sets.map((it) => it.join()).sort()).toEqual([...byDefinition(things, need)])
    }),
  )
})

test("what grants least comes first, then what is fewest, also where only a few are kept", () => {
  assert(
    property(array(thing, { minLength: 1, maxLength: 9 }), integer({ min: 1, max: 20 }), (things, need) => {
      const cost = (set: readonly number[]): number => set.reduce((sum, at) => sum + (things[at]?.breadth ?? 0), 0)
      const all = minimalSets(things, need, 2_000).sets
      const few = minimalSets(things, need, 3).sets
      const rank = (set: readonly number[]): number => cost(set) * 100 + set.length
      expect(all.map(rank)).toEqual(all.map(rank).toSorted((a, b) => a - b))
      expect(few.map(rank)).toEqual(all.map(rank).slice(0, 3))
    }),
  )
})

test("twenty things alike are searched through; of a hundred the search ends and says so", () => {
  const alike = (count: number): readonly Excludable[] =>
    Array.from({ length: count }, () => ({ score: 5, breadth: 1 }))
  expect(minimalSets(alike(20), 50)).toMatchObject({ found: 184_756, isComplete: true })
  const { isComplete, sets } = minimalSets(alike(100), 250)
  expect(isComplete).toBe(false)
  expect(sets[0]).toHaveLength(50)
})

test("nothing has to go where the score is below the threshold already, and nothing helps where all is not enough", () => {
  expect(minimalSets([{ score: 5, breadth: 1 }], 0).sets).toEqual([[]])
  expect(minimalSets([{ score: 5, breadth: 1 }], 6).sets).toEqual([])
})
