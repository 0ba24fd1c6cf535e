import { expect, test } from "bun:test"
import fc from "fast-check"
import { minimalDifference } from "./delta.ts"

const sets = fc.integer({ min: 1, max: 24 }).chain((size) => {
  const all = Array.from({ length: size }, (_, i) => i)
  return fc.tuple(fc.constant(all), fc.array(fc.subarray(all, { minLength: 1 }), { minLength: 1, maxLength: 3 }))
})

test("what is left fails, and passes without any one of its differences, whatever combinations fail", () =>
  fc.assert(
    fc.asyncProperty(sets, async ([all, culprits]) => {
      const fails = (subset: readonly number[]) => culprits.some((it) => it.every((one) => subset.includes(one)))
      const { differences, isMinimal } = await minimalDifference(all, async (it) => fails(it), 10_000)
      expect(isMinimal).toBe(true)
      expect(fails(differences)).toBe(true)
      for (const one of differences)
        if (differences.length > 1) expect(fails(differences.filter((it) => it !== one))).toBe(false)
    }),
  ))

test("never asks more often than the budget, and then says that it is not known to be minimal", () =>
  fc.assert(
    fc.asyncProperty(sets, fc.integer({ min: 0, max: 6 }), async ([all, [culprit = []]], budget) => {
      let asked = 0
      const fails = async (subset: readonly number[]) => {
        asked++
        return culprit.every((one) => subset.includes(one))
      }
      const found = await minimalDifference(all, fails, budget)
      expect(asked).toBeLessThanOrEqual(budget)
      expect(found.asked).toBe(asked)
      expect(culprit.every((one) => found.differences.includes(one))).toBe(true)
    }),
  ))

test("what cannot be told counts as passing", async () => {
  const found = await minimalDifference([1, 2, 3, 4], async () => undefined, 100)
  expect(found.differences).toEqual([1, 2, 3, 4])
})
