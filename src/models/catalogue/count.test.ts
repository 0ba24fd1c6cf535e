import { expect, test } from "bun:test"
import fc from "fast-check"
import { countTokens as counted } from "gpt-tokenizer/encoding/o200k_base"
import { countTokens } from "./count.ts"

test("a text has as many tokens as the tokenizer says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 200 }), async (text) => {
      expect(await countTokens(text)).toBe(counted(text, { disallowedSpecial: new Set() }))
    }),
  )
})

test("texts asked at once are not mixed up", async () => {
  const texts = Array.from({ length: 50 }, (_, i) => "word ".repeat(i))
  expect(await Promise.all(texts.map(countTokens))).toEqual(texts.map((it) => counted(it)))
})

test("a special token's name in a text is counted as text", async () => {
  expect(await countTokens("<|endoftext|>")).toBeGreaterThan(1)
})

test("what no blank divides is counted in parts, and never as less", async () => {
  for (const text of ["a".repeat(3_000), " ".repeat(3_000), "😀".repeat(1_000), "xyz".repeat(1_000)]) {
    const exact = counted(text)
    expect(await countTokens(text)).toBeGreaterThanOrEqual(exact)
    expect(await countTokens(text)).toBeLessThanOrEqual(exact + Math.ceil(text.length / 256) * 2)
  }
})
