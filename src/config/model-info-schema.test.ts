import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { z } from "zod"
import { costOf } from "../models/catalogue/cost.ts"
import { NO_USAGE } from "../models/form/usage.ts"
import { modelInfoShape, priceSchema } from "./model-info-schema.ts"

const model = z.strictObject(modelInfoShape)

describe("what a model costs in the configuration", () => {
  test("is in dollars for a million tokens", () => {
    const price = priceSchema.parse({ input: 0.25, output: "1.25", "cached-input": 0.025, request: 0.005 })
    const cost = costOf({ ...NO_USAGE, input: 1_000_000, cachedInput: 400_000, output: 1_000_000 }, price)
    expect<number>(cost).toBe(150_000_000 + 10_000_000 + 1_250_000_000 + 5_000_000)
  })

  test("is exact to nine decimals", () => {
    fc.assert(
      fc.property(fc.nat(999_999_999), fc.nat(5_000_000), (rate, input) => {
        const price = priceSchema.parse({ input: `0.${String(rate).padStart(9, "0")}` })
        expect<number>(costOf({ ...NO_USAGE, input }, price)).toBe(
          Number((BigInt(rate) * BigInt(input) + 999_999n) / 1_000_000n),
        )
      }),
    )
  })

  test("changes for all of a call above each tier, in whatever order they are written", () => {
    const tiers = [
      { above: 2_000, input: 3 },
      { above: 1_000, input: 2 },
    ]
    const price = priceSchema.parse({ input: 1, tiers })
    const costs = [1_000, 1_001, 2_000, 2_001].map((input): number => costOf({ ...NO_USAGE, input }, price))
    expect(costs).toEqual([1_000_000, 2_002_000, 4_000_000, 6_003_000])
  })

  test("is what short keeping costs for an hour's too, unless that is said", () => {
    const price = priceSchema.parse({ input: 1, "cache-write": 2 })
    const usage = { ...NO_USAGE, input: 10, cacheWrite: 10, cacheWriteHour: 10 }
    expect<number>(costOf(usage, price)).toBe(20_000)
  })

  test("is refused where it is none", () => {
    for (const it of [{}, { input: -1 }, { input: "free" }, { input: 1, out: 2 }, { input: Number.NaN }])
      expect(priceSchema.safeParse(it).success).toBe(false)
  })
})

test("sizes and capabilities are read beside it", () => {
  expect(model.parse({ context: 8192, output: "1024", capabilities: ["tools"] })).toEqual({
    context: 8192,
    output: 1024,
    capabilities: ["tools"],
  })
  expect(model.safeParse({ capabilities: ["flight"] }).success).toBe(false)
})
