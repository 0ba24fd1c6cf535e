import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { MeterModel } from "./meter.fixture.ts"
import type { Meter } from "./meter.ts"

const NOW = 1_800_000_000_000

/** What every meter does. `open` makes an empty one with room for some hundred partitions. */
export function meterSuite(name: string, open: () => Meter): void {
  describe(`${name} as a meter`, () => {
    test("exactly as many units are taken as the limit allows, and the rest of the answers say one more", () => {
      const meter = open()
      const used = Array.from({ length: 5 }, () => meter.take("a", 3, 1000, NOW)?.used)
      expect(used).toEqual([1, 2, 3, 4, 4])
    })

    test("a window begins with its first unit and ends after its length", () => {
      const meter = open()
      expect(meter.take("a", 1, 1000, NOW)).toEqual({ used: 1, resetsIn: 1000 })
      expect(meter.take("a", 1, 1000, NOW + 999)).toEqual({ used: 2, resetsIn: 1 })
      expect(meter.take("a", 1, 1000, NOW + 1000)).toEqual({ used: 1, resetsIn: 1000 })
    })

    test("partitions are counted apart, and one partition apart for each length of window", () => {
      const meter = open()
      meter.take("a", 9, 1000, NOW)
      expect(meter.take("b", 9, 1000, NOW)?.used).toBe(1)
      expect(meter.take("a", 9, 60_000, NOW)?.used).toBe(1)
      expect(meter.take("a", 9, 1000 + 2 ** 32, NOW)?.used).toBe(1)
      expect(meter.take("a", 9, 1000, NOW)?.used).toBe(2)
    })

    test("a limit of nothing lets nothing through and begins no window", () => {
      const meter = open()
      expect(meter.take("a", 0, 1000, NOW)).toEqual({ used: 1, resetsIn: 1000 })
      expect(meter.take("a", 1, 1000, NOW + 500)).toEqual({ used: 1, resetsIn: 1000 })
    })

    test("peeking takes nothing", () => {
      const meter = open()
      expect(meter.peek("a", 1000, NOW)).toEqual({ used: 1, resetsIn: 1000 })
      meter.take("a", 9, 1000, NOW)
      expect(meter.peek("a", 1000, NOW + 400)).toEqual({ used: 2, resetsIn: 600 })
      expect(meter.peek("a", 1000, NOW + 400)).toEqual({ used: 2, resetsIn: 600 })
    })

    test("a unit given back can be taken again", () => {
      const meter = open()
      meter.take("a", 1, 1000, NOW)
      meter.release("a", 1000, NOW)
      expect(meter.take("a", 1, 1000, NOW + 1)).toEqual({ used: 1, resetsIn: 999 })
    })

    test("a unit of the window before is not given back to this one", () => {
      const meter = open()
      meter.take("a", 1, 1000, NOW)
      meter.take("a", 1, 1000, NOW + 1000)
      meter.release("a", 1000, NOW)
      expect(meter.take("a", 1, 1000, NOW + 1001)?.used).toBe(2)
    })

    test("giving back what nobody took does nothing", () => {
      const meter = open()
      meter.release("a", 1000, NOW)
      meter.take("a", 1, 1000, NOW)
      meter.release("a", 1000, NOW)
      meter.release("a", 1000, NOW)
      expect(meter.take("a", 1, 1000, NOW)?.used).toBe(1)
      expect(meter.take("a", 1, 1000, NOW)?.used).toBe(2)
    })

    test("units are taken together or not at all", () => {
      const meter = open()
      expect(meter.take("a", 100, 1000, NOW, 60)).toEqual({ used: 60, resetsIn: 1000 })
      expect(meter.take("a", 100, 1000, NOW, 41)?.used).toBe(101)
      expect(meter.peek("a", 1000, NOW, 40).used).toBe(100)
      expect(meter.take("a", 100, 1000, NOW, 40)?.used).toBe(100)
      meter.release("a", 1000, NOW, 60)
      expect(meter.peek("a", 1000, NOW, 0).used).toBe(40)
    })

    test("more than the limit at once begins no window", () => {
      const meter = open()
      expect(meter.take("a", 100, 1000, NOW, 101)).toEqual({ used: 101, resetsIn: 1000 })
      expect(meter.take("a", 100, 1000, NOW + 500, 100)).toEqual({ used: 100, resetsIn: 1000 })
    })

    test("what turned out to be more than was taken counts beyond the limit, and what was less can be taken", () => {
      const meter = open()
      meter.take("a", 100, 1000, NOW, 90)
      meter.settle("a", 1000, NOW, 25)
      expect(meter.take("a", 100, 1000, NOW, 0)?.used).toBe(115)
      meter.settle("a", 1000, NOW, -75)
      expect(meter.take("a", 100, 1000, NOW, 60)?.used).toBe(100)
    })

    test("what was taken in the window before is put right there, not in this one", () => {
      const meter = open()
      meter.take("a", 100, 1000, NOW, 90)
      meter.take("a", 100, 1000, NOW + 1000, 10)
      meter.settle("a", 1000, NOW, 50)
      meter.settle("a", 1000, NOW, -50)
      expect(meter.peek("a", 1000, NOW + 1001, 0).used).toBe(10)
    })

    test("nothing is put right of what nobody took", () => {
      const meter = open()
      meter.settle("a", 1000, NOW, 50)
      expect(meter.peek("a", 1000, NOW, 0).used).toBe(0)
    })

    test("a clock that goes back a little neither turns the window nor lengthens it", () => {
      const meter = open()
      meter.take("a", 2, 1000, NOW)
      expect(meter.take("a", 2, 1000, NOW - 50)).toEqual({ used: 2, resetsIn: 1000 })
      expect(meter.take("a", 2, 1000, NOW - 50)).toEqual({ used: 3, resetsIn: 1000 })
    })

    test("a clock that goes back far does not hold a window forever", () => {
      const meter = open()
      meter.take("a", 1, 1000, NOW + 86_400_000)
      expect(meter.take("a", 1, 1000, NOW)?.used).toBe(1)
    })

    test("any text is a partition of its own", () => {
      fc.assert(
        fc.property(fc.uniqueArray(fc.string({ unit: "binary" }), { maxLength: 40 }), (partitions) => {
          const meter = open()
          for (const partition of partitions) expect(meter.take(partition, 1, 1000, NOW)?.used).toBe(1)
          for (const partition of partitions) expect(meter.take(partition, 1, 1000, NOW)?.used).toBe(2)
        }),
      )
    })

    test("it answers as a plain count does, whatever is taken, given back and waited for", () => {
      const step = fc.record({
        act: fc.constantFrom("take", "take", "take", "release", "settle", "peek"),
        partition: fc.constantFrom("a", "b", "c"),
        windowMs: fc.constantFrom(100, 250),
        limit: fc.integer({ min: 0, max: 4 }),
        units: fc.constantFrom(1, 1, 1, 0, 2, 3, 7),
        wait: fc.oneof(fc.constant(0), fc.nat(40), fc.nat(300)),
        which: fc.nat(),
      })
      fc.assert(fc.property(fc.array(step, { maxLength: 120 }), (steps) => new MeterModel(open(), NOW).agrees(steps)))
    })
  })
}
