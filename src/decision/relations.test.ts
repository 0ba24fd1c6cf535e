import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Relation } from "./relation.ts"
import { absent, atMost, equals, includesAll, oneOf, present } from "./relations.ts"
import type { Value } from "./value.ts"

/** Distinct from each other and from every word a relation may use. */
const marker = (prefix: string) => fc.nat(999_999).map((it) => `${prefix}-${String(it).padStart(6, "0")}`)
const seen = marker("seen")
const asked = marker("asked")
const word = fc.constantFrom("a", "b", "c", "d")
const words = fc.array(word, { maxLength: 5 })

function laws<T extends Value, R extends Value>(
  relation: Relation<T, R>,
  observed: fc.Arbitrary<T>,
  required: fc.Arbitrary<R>,
  marked: { readonly observed: fc.Arbitrary<T>; readonly required: fc.Arbitrary<R> },
): void {
  describe(`"${relation.name}"`, () => {
    test("holds after every offer it makes", () => {
      fc.assert(
        fc.property(observed, required, (o, r) => {
          for (const offer of relation.offers(o, r))
            expect("observed" in offer ? relation.holds(offer.observed, r) : relation.holds(o, offer.required)).toBe(
              true,
            )
        }),
      )
    })

    test("judges alike, prepared or not", () => {
      fc.assert(
        fc.property(observed, required, (o, r) => {
          expect(relation.prepare?.(r)(o) ?? relation.holds(o, r)).toBe(relation.holds(o, r))
        }),
      )
    })

    test("never says what it was not told", () => {
      fc.assert(
        fc.property(marked.observed, marked.required, (o, r) => {
          const parts = (value: Value) => (Array.isArray(value) ? value : [value]).map(String)
          const leaks = (said: string, hidden: Value) => parts(hidden).some((it) => it !== "null" && said.includes(it))
          expect(leaks(relation.say(undefined, r), o)).toBe(false)
          expect(leaks(relation.say(o, undefined), r)).toBe(false)
          expect(relation.say(undefined, undefined)).not.toMatch(/seen|asked|undefined|null/)
        }),
      )
    })
  })
}

laws(atMost, fc.integer(), fc.integer(), {
  observed: fc.integer({ min: 1_000_000, max: 1_999_999 }),
  required: fc.integer({ min: 2_000_000, max: 2_999_999 }),
})
laws(equals, word, word, { observed: seen, required: asked })
laws(oneOf, fc.option(word), words, { observed: seen, required: fc.array(asked, { minLength: 1 }) })
laws(includesAll, words, words, {
  observed: fc.array(seen, { minLength: 1 }),
  required: fc.array(asked, { minLength: 1 }),
})
laws(present, fc.option(word), word, { observed: fc.constant(null), required: asked })
laws(absent, fc.option(word), fc.constant(null), { observed: seen, required: fc.constant(null) })
