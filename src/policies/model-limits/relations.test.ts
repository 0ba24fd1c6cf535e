import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Relation } from "../../decision/relation.ts"
import type { Value } from "../../decision/value.ts"
import { dollars, nanoUsd } from "../../ports/money.ts"
import { affords } from "./affords.ts"
import { covers } from "./covers.ts"
import { match } from "./match.ts"

const money = fc.nat({ max: 10 ** 10 }).map((it) => dollars(nanoUsd(it)))
const text = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 })
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "-", "*"), maxLength: 6 })

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
          const leaks = (said: string, hidden: Value) => parts(hidden).some((it) => said.includes(it))
          expect(leaks(relation.say(undefined, r), o)).toBe(false)
          expect(leaks(relation.say(o, undefined), r)).toBe(false)
          expect(relation.say(undefined, undefined)).not.toMatch(/\d|undefined|null/)
          expect(relation.say(o, r)).not.toMatch(/undefined|null/)
        }),
      )
    })
  })
}

laws(affords, fc.option(money), money, {
  observed: fc.integer({ min: 1_000, max: 1_999 }).map(String),
  required: fc.integer({ min: 2_000, max: 2_999 }).map(String),
})
laws(covers, fc.option(fc.nat()), fc.nat(), {
  observed: fc.integer({ min: 1_000, max: 1_999 }),
  required: fc.integer({ min: 2_000, max: 2_999 }),
})
laws(match, fc.option(fc.array(pattern, { maxLength: 4 })), fc.option(text), {
  observed: fc.array(
    fc.integer({ min: 1_000, max: 1_999 }).map((it) => `seen-${it}`),
    { minLength: 1 },
  ),
  required: fc.integer({ min: 2_000, max: 2_999 }).map((it) => `asked-${it}`),
})

test("a budget affords what comes to exactly as much, and not a billionth of a dollar more", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 50 }), (nano) => {
      const budget = dollars(nanoUsd(nano))
      expect(affords.holds(budget, budget)).toBe(true)
      expect(affords.holds(budget, dollars(nanoUsd(nano + 1)))).toBe(false)
    }),
  )
})

test("what is no amount is never afforded", () => {
  expect(affords.holds("much", "1")).toBe(false)
  expect(affords.holds("1", "much")).toBe(false)
})

test("a pattern matches as the regular expression does that it stands for", () => {
  fc.assert(
    fc.property(pattern, text, (it, name) => {
      const expression = new RegExp(`^${it.replaceAll("*", ".*")}$`)
      expect(match.holds([it], name)).toBe(expression.test(name))
    }),
  )
})
