import { expect, test } from "bun:test"
import fc from "fast-check"
import { unit } from "./embedding.ts"
import { TenantVectors } from "./vectors.ts"

const NOW = 1000
const DIMENSIONS = 96
/** Many zeros, so that some are alike. */
const vector = fc
  .array(fc.tuple(fc.nat(DIMENSIONS - 1), fc.integer({ min: -2, max: 3 })), { minLength: 1, maxLength: 4 })
  .map((parts) => {
    const values = new Float32Array(DIMENSIONS)
    for (const [at, value] of parts) values[at] = value
    return unit(values)
  })
  .filter((it) => it !== undefined)
const kept = fc.array(fc.record({ vector, expiresAt: fc.constantFrom(NOW, NOW + 1) }), { maxLength: 60 })
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, it, at) => sum + it * (b[at] ?? 0), 0)

test("the most similar is found that comparing with each finds, before and after the oldest are dropped", () => {
  fc.assert(
    fc.property(kept, vector, fc.constantFrom(-1, 0.3, 0.9), fc.nat(60), (all, asked, least, dropped) => {
      const vectors = new TenantVectors()
      for (const [at, it] of all.entries()) vectors.add("s", it.vector, at + 1, it.expiresAt)
      for (const from of [0, dropped]) {
        if (from > 0) vectors.dropUpTo(from, NOW)
        const alive = all.filter((it, at) => at >= from && it.expiresAt > NOW).map((it) => dot(it.vector, asked))
        const best = Math.max(-2, ...alive)
        const found = vectors.nearest("s", asked, least, NOW)
        // Equal but for the last digits is either.
        if (Math.abs(best - least) < 1e-5) continue
        expect(found !== undefined).toBe(best > least)
        if (found !== undefined) expect(found.similarity).toBeCloseTo(best, 4)
      }
    }),
  )
})
