import { describe, expect, test } from "bun:test"
import { calcPrice } from "@pydantic/genai-prices"
import fc from "fast-check"
import { providers } from "../providers.ts"
import { CAPABILITIES } from "./capabilities.ts"
import { Catalogue } from "./catalogue.ts"
import { matches } from "./name-match.ts"
import { overridden } from "./override.ts"
import { perMillionTokens, priceAt } from "./price.ts"

const catalogue = new Catalogue()
const priced = [...new Set([...providers().values()].flatMap((it) => it.prices ?? []))]
const named = priced.flatMap((prices) => catalogue.rowsOf(prices).map(({ id }) => ({ prices, id })))

/** Names as callers write them: of the catalogue, dated, spelled otherwise, and of another provider. */
const asked = fc
  .record({
    entry: fc.constantFrom(...named),
    other: fc.constantFrom(...priced),
    ending: fc.constantFrom("", "-20250514", "-2025-05-14", "-20259999", "-latest", ":free", "-v1:0"),
    elsewhere: fc.boolean(),
    loud: fc.boolean(),
  })
  .map(({ entry, other, ending, elsewhere, loud }) => {
    const name = `${entry.id}${ending}`
    return { prices: elsewhere ? other : entry.prices, name: loud ? name.toUpperCase() : name }
  })

describe("finding a model", () => {
  test("gives the entry the library prices it by", () => {
    fc.assert(
      fc.property(asked, ({ prices, name }) => {
        const theirs = calcPrice({ input_tokens: 0, output_tokens: 0 }, name, { providerId: prices })
        const ours = catalogue.find("it", prices, name)
        if (theirs === null) expect(ours?.prices ?? []).toEqual([])
        else expect(ours?.id).toBe(theirs.model.id)
      }),
      { numRuns: 3000 },
    )
  })

  test("knows over a hundred models with a price and a size", () => {
    const rows = priced.flatMap((it) => catalogue.rowsOf(it))
    expect(rows.filter((it) => it.prices.length > 0 && it.context !== undefined).length).toBeGreaterThan(500)
  })

  test("tells capabilities of a known family where it has no price, and nothing of an unknown one", () => {
    expect(catalogue.find("vllm", undefined, "meta-llama/Llama-3.3-70B-Instruct")).toEqual({
      id: "meta-llama/Llama-3.3-70B-Instruct",
      provider: "vllm",
      capabilities: ["tools"],
      prices: [],
    })
    expect(catalogue.find("vllm", undefined, "in-house-7")).toBeUndefined()
  })

  test("does not call a model free whose price is by something else than tokens", () => {
    for (const { prices, row } of priced.flatMap((prices) => catalogue.rowsOf(prices).map((row) => ({ prices, row }))))
      for (const { price } of row.prices) {
        const isFree =
          price.input === 0 && price.output === 0 && !price.request && !price.audioHour && !price.audioInput
        if (!isFree) continue
        const theirs = calcPrice({ input_tokens: 10, output_tokens: 10 }, row.id, { providerId: prices })
        expect([prices, row.id, theirs?.total_price ?? 0]).toEqual([prices, row.id, 0])
      }
  })

  test("knows what the models everybody uses can do", () => {
    const can = (prices: string, model: string) => catalogue.find("it", prices, model)?.capabilities
    expect(can("openai", "gpt-4o-mini")).toEqual(["vision", "documents", "tools", "json-schema"])
    expect(can("openai", "o3")).toContain("reasoning")
    expect(can("openai", "text-embedding-3-small")).toEqual(["embeddings"])
    expect(can("openai", "whisper-1")).toEqual(["transcription"])
    expect(can("anthropic", "claude-sonnet-4-20250514")).toContain("reasoning")
    expect(can("anthropic", "claude-3-5-haiku-latest")).not.toContain("reasoning")
    expect(can("google", "gemini-2.5-flash")).toContain("audio")
    expect(can("aws", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")).toContain("json-schema")
    expect(can("cohere", "rerank-v3.5")).toEqual(["rerank"])
  })

  test("gives each capability to some model", () => {
    const found = new Set(named.flatMap(({ prices, id }) => catalogue.find("it", prices, id)?.capabilities ?? []))
    const others = ["omni-moderation-latest", "tts-1"].flatMap(
      (it) => catalogue.find("it", "openai", it)?.capabilities ?? [],
    )
    expect([...new Set([...found, ...others])].sort()).toEqual([...CAPABILITIES].sort())
  })
})

describe("what the configuration says of a model", () => {
  const price = { input: perMillionTokens(1), output: perMillionTokens(2) }

  test("comes before the catalogue, which says the rest", () => {
    const info = catalogue.find("openai", "openai", "gpt-4o")
    const told = overridden(info, { price, context: 1000 }, { id: "gpt-4o", provider: "openai" })
    expect(told.title).toBe(info?.title)
    expect(told.context).toBe(1000)
    expect(priceAt(told.prices, Date.now())).toEqual(price)
  })

  test("is all there is of a model that the catalogue does not know", () => {
    expect(overridden(undefined, { price }, { id: "in-house-7", provider: "vllm" })).toEqual({
      id: "in-house-7",
      provider: "vllm",
      capabilities: [],
      prices: [{ price }],
    })
  })
})

test("a name is matched by every kind of test there is", () => {
  const is = {
    or: [
      { equals: "A-1" },
      { and: [{ starts_with: "B-" }, { ends_with: "-x" }, { contains: "mid" }] },
      { regex: "^c\\d$" },
    ],
  }
  expect(["a-1", "b-mid-x", "c7"].every((it) => matches(is, it))).toBe(true)
  expect(["a-12", "b-x", "b-mid", "c77"].some((it) => matches(is, it))).toBe(false)
})
