import { describe, expect, test } from "bun:test"
import { calcPrice, findProvider } from "@pydantic/genai-prices"
import fc from "fast-check"
import { NO_USAGE, type Usage } from "../form/usage.ts"
import { providers } from "../providers.ts"
import { Catalogue } from "./catalogue.ts"
import { costOf } from "./cost.ts"
import { type Price, perMillionTokens, priceAt } from "./price.ts"

const catalogue = new Catalogue()
const priced = [...new Set([...providers().values()].flatMap((it) => it.prices ?? []))]
const rows = priced.flatMap((prices) =>
  catalogue
    .rowsOf(prices)
    .filter((it) => it.prices.length > 0)
    .map((row) => ({ prices, row })),
)

/** Tokens of every size that matters: none, few, around the tiers, very many. */
const tokens = fc.oneof(
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 0, max: 3_000_000 }),
  fc.constantFrom(128_000, 128_001, 200_000, 200_001, 256_000, 256_001, 272_000, 272_001),
)
const usages: fc.Arbitrary<Usage> = fc
  .record({
    input: tokens,
    output: tokens,
    parts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ input, output, parts: [cached = 0, written = 0, hour = 0, audio = 0, reasoning = 0, voice = 0] }) => {
    const cachedInput = Math.floor(input * cached)
    const cacheWrite = Math.floor((input - cachedInput) * written)
    const audioOutput = Math.floor(output * voice)
    return {
      input,
      output,
      cachedInput,
      cacheWrite,
      cacheWriteHour: Math.floor(cacheWrite * hour),
      // Written input is never audio: the library has no price for both at once.
      audioInput: Math.floor((input - cacheWrite) * audio),
      reasoning: Math.floor((output - audioOutput) * reasoning),
      audioOutput,
    }
  })
const moments = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 31) })

/** As the library asks for usage: what is both cached and audio is told apart. */
function asked(usage: Usage, price: Price): Record<string, number> {
  // What is written at no price of its own is input like any other.
  const fresh = usage.input - usage.cachedInput - (price.cacheWrite === undefined ? 0 : usage.cacheWrite)
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_tokens: usage.cachedInput,
    cache_write_tokens: usage.cacheWrite,
    cache_write_1h_tokens: usage.cacheWriteHour,
    input_audio_tokens: usage.audioInput,
    cache_audio_read_tokens: Math.max(0, usage.audioInput - fresh),
    output_audio_tokens: usage.audioOutput,
    output_reasoning_tokens: usage.reasoning,
    output_audio_reasoning_tokens: 0,
  }
}

describe("the cost of a call", () => {
  test("is the library's, for every model it has a price of, at every time", () => {
    expect(rows.length).toBeGreaterThan(1000)
    for (const { prices, row } of rows) {
      const provider = findProvider({ providerId: prices })
      const model = provider?.models.find((it) => it.id === row.id)
      if (provider === undefined || model === undefined) throw new Error(`${prices} ${row.id}`)
      // One twelfth of a dollar has no end of decimals; rates have six of a nano-dollar.
      const perTokenError = /\d\.\d{10}/.test(JSON.stringify(model.prices)) ? 5e-7 : 0
      // By a provider of this model alone, so that no other entry can match its name first.
      const alone = { ...provider, models: [{ ...model, match: { equals: "it" } }] }
      fc.assert(
        fc.property(usages, moments, (usage, at) => {
          const price = priceAt(row.prices, at)
          if (price === undefined) throw new Error(`${prices} ${row.id}`)
          const theirs = calcPrice(asked(usage, price), "it", { provider: alone, timestamp: new Date(at) })
          if (theirs === null) throw new Error(`${prices} ${row.id}`)
          const nano = theirs.total_price * 1e9
          // The library adds up in floating point; a whole number above its sum is the same up to that.
          const error = Math.max(1e-4, nano * 1e-12) + (usage.input + usage.output) * perTokenError
          const ours = costOf(usage, price)
          expect(ours).toBeGreaterThanOrEqual(Math.ceil(nano - error))
          expect(ours).toBeLessThanOrEqual(Math.ceil(nano + error))
        }),
        { numRuns: 15 },
      )
    }
  }, 30_000)

  test("changes with the hour where a price does", () => {
    const varying = rows.filter(({ row }) => row.prices.some((it) => it.daily !== undefined))
    expect(varying.length).toBeGreaterThan(0)
    for (const { row } of varying) {
      const day = Date.UTC(2026, 10, 21)
      const costs = Array.from({ length: 48 }, (_, i) => {
        const price = priceAt(row.prices, day + i * 1_800_000)
        return price && costOf({ ...NO_USAGE, input: 1_000_000, output: 1_000_000 }, price)
      })
      expect(new Set(costs).size).toBeGreaterThan(1)
    }
  })
})

const price: Price = {
  input: perMillionTokens(0.15),
  output: perMillionTokens(0.6),
  cachedInput: perMillionTokens(0.075),
}

describe("rounding", () => {
  test("is up, and once", () => {
    const cheap: Price = { input: perMillionTokens(0.0001), output: perMillionTokens(0.0001) }
    expect(costOf({ ...NO_USAGE, input: 1 }, cheap)).toBe(nano(1))
    expect(costOf({ ...NO_USAGE, input: 5, output: 5 }, cheap)).toBe(nano(1))
    expect(costOf({ ...NO_USAGE, input: 5, output: 6 }, cheap)).toBe(nano(2))
    expect(costOf(NO_USAGE, cheap)).toBe(nano(0))
  })

  test("does not add where the sum is whole", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.nat(10_000_000), (input, output) => {
        expect(costOf({ ...NO_USAGE, input, output }, price)).toBe(nano(input * 150 + output * 600))
      }),
    )
  })
})

describe("usage that cannot be", () => {
  test("never costs less than nothing nor more than all of it at the dearest rate", () => {
    const any = fc.record({
      input: tokens,
      output: tokens,
      cachedInput: tokens,
      cacheWrite: tokens,
      cacheWriteHour: tokens,
      reasoning: tokens,
      audioInput: tokens,
      audioOutput: tokens,
    })
    for (const { row } of rows.filter((_, i) => i % 20 === 0))
      fc.assert(
        fc.property(any, moments, (usage, at) => {
          const price = priceAt(row.prices, at)
          if (price === undefined) throw new Error(row.id)
          const rates = [price, ...(price.tiers ?? []).map((it) => it.rates)]
          const dearest = Math.max(
            ...rates.flatMap((it) => [...Object.values(it)].filter((rate) => typeof rate === "number")),
          )
          expect(costOf(usage, price)).toBeGreaterThanOrEqual(0)
          expect(costOf(usage, price)).toBeLessThanOrEqual(Math.ceil(dearest * (usage.input + usage.output + 1)))
        }),
        { numRuns: 20 },
      )
  })
})

describe("what is paid by piece", () => {
  test("is added: the call, images, and sound by the millisecond", () => {
    const pieces: Price = { ...price, request: 5_000, image: 40_000_000, audioHour: 360_000_000 }
    expect(costOf({ ...NO_USAGE, input: 1 }, pieces, { images: 2, audioSeconds: 1.5 })).toBe(
      nano(150 + 5_000 + 80_000_000 + 150_000),
    )
  })
})

const nano = (amount: number) => {
  const cost = costOf({ ...NO_USAGE, input: amount }, { input: perMillionTokens(0.001), output: perMillionTokens(0) })
  expect<number>(cost).toBe(amount)
  return cost
}
