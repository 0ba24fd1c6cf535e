import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Relation } from "../decision/relation.ts"
import type { Value } from "../decision/value.ts"
import { allows } from "./allows.ts"
import { among } from "./among.ts"
import { matchesOneOf } from "./matches-one-of.ts"

const name = fc.constantFrom("files__read", "files__write", "x")
const patterns = fc.array(fc.constantFrom("files__*", "x", "*read", "none"), { maxLength: 3 })
/** Distinct from each other and from every word a relation may use. */
const marker = (prefix: string) => fc.nat(999_999).map((it) => `${prefix}-${String(it).padStart(6, "0")}`)
const markers = (prefix: string) => fc.array(marker(prefix), { minLength: 1, maxLength: 3 })

/** The laws of every relation; see `decision/relation.ts`. */
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

    test("never says what it was not told", () => {
      fc.assert(
        fc.property(marked.observed, marked.required, (o, r) => {
          expect(relation.say(undefined, r)).not.toContain("seen-")
          expect(relation.say(o, undefined)).not.toContain("asked-")
          expect(relation.say(undefined, undefined)).not.toMatch(/seen|asked-|undefined|null/)
        }),
      )
    })
  })
}

laws(allows, patterns, fc.option(name), { observed: markers("seen"), required: marker("asked") })
laws(matchesOneOf, fc.option(name), patterns, { observed: marker("seen"), required: markers("asked") })
laws(among, fc.option(name), fc.array(name, { maxLength: 3 }), {
  observed: marker("seen"),
  required: markers("asked"),
})

test("asking for nothing is always allowed, and an empty list allows nothing", () => {
  expect([allows.holds([], null), allows.holds([], "x")]).toEqual([true, false])
  expect([matchesOneOf.holds(null, []), matchesOneOf.holds("x", [])]).toEqual([true, false])
  expect([among.holds(null, []), among.holds("x", [])]).toEqual([true, false])
})
