import { expect, test } from "bun:test"
import fc from "fast-check"
import { addUsage, NO_USAGE, type Usage } from "./usage.ts"

const count = fc.nat()
const usages: fc.Arbitrary<Usage> = fc.record({
  input: count,
  output: count,
  cachedInput: count,
  cacheWrite: count,
  cacheWriteHour: count,
  reasoning: count,
  audioInput: count,
  audioOutput: count,
})

test("usage of calls adds up in any order, and no usage adds nothing", () => {
  fc.assert(
    fc.property(usages, usages, usages, (a, b, c) => {
      expect(addUsage(a, b)).toEqual(addUsage(b, a))
      expect(addUsage(addUsage(a, b), c)).toEqual(addUsage(a, addUsage(b, c)))
      expect(addUsage(a, NO_USAGE)).toEqual(a)
      expect(Object.values(addUsage(a, b)).reduce((x, y) => x + y, 0)).toBe(
        [...Object.values(a), ...Object.values(b)].reduce((x, y) => x + y, 0),
      )
    }),
  )
})
