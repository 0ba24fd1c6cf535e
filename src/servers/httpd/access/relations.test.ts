import { expect, test } from "bun:test"
import fc from "fast-check"
import type { Relation } from "../../../decision/relation.ts"
import type { Value } from "../../../decision/value.ts"
import { grantedOptions } from "./options-gate.ts"
import * as relations from "./relations.ts"

const {
  includesAny,
  includesNone,
  inNetworks,
  isAs,
  isLetIn,
  isLetInUnless,
  isScheme,
  matchesNot,
  matchesPattern,
  missing,
  noneOf,
  outsideNetworks,
  sameOwner,
} = relations

const byte = fc.integer({ min: 0, max: 255 })
const address = fc.tuple(byte, byte, byte, byte).map((it) => it.join("."))
const network = fc.oneof(
  address,
  fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([it, prefix]) => `${it}/${prefix}`),
  byte.map((it) => `${it}`),
  fc.constant("2001:db8::/32"),
)
const word = fc.constantFrom("a", "b", "c")
const words = fc.array(word, { maxLength: 4 })
const maybe = fc.option(word)

/** The laws of a relation: what it offers holds, and what is prepared says the same. */
function obeys<T extends Value, R extends Value>(
  relation: Relation<T, R>,
  observed: fc.Arbitrary<T>,
  required: fc.Arbitrary<R>,
): void {
  fc.assert(
    fc.property(observed, required, (seen, wanted) => {
      const holds = relation.holds(seen, wanted)
      if (relation.prepare !== undefined) expect(relation.prepare(wanted)(seen)).toBe(holds)
      expect(relation.say(undefined, undefined)).not.toBe("")
      if (holds) return
      for (const offer of relation.offers(seen, wanted))
        expect(
          "observed" in offer ? relation.holds(offer.observed, wanted) : relation.holds(seen, offer.required),
        ).toBe(true)
    }),
  )
}

test("every offer of a relation makes it hold", () => {
  obeys(inNetworks, address, fc.array(network, { maxLength: 3 }))
  obeys(outsideNetworks, address, fc.array(network, { maxLength: 3 }))
  obeys(isLetIn, address, fc.constantFrom("granted", "denied"))
  obeys(isLetInUnless, address, fc.constantFrom("granted", "denied"))
  obeys(noneOf, maybe, words)
  obeys(includesAny, words, words)
  obeys(includesNone, words, words)
  obeys(isAs, fc.boolean(), fc.boolean())
  obeys(missing, maybe, fc.constant(null))
  obeys(isScheme, maybe, word)
  obeys(sameOwner, maybe, word)
  obeys(matchesNot, maybe, fc.constantFrom("^a", "b$", "(?i)C"))
  obeys(matchesPattern, maybe, fc.constantFrom("^a", "b$", "(?i)C"))
  obeys(grantedOptions, words, words)
})

test("networks are read in every form httpd takes", () => {
  for (const written of ["10", "10.", "10.1", "10.1.0.0/16", "10.1.0.0/255.255.0.0"])
    expect([written, inNetworks.holds("10.1.2.3", [written])]).toEqual([written, true])
  expect(inNetworks.holds("::ffff:10.1.2.3", ["10.1"])).toBe(true)
  expect(inNetworks.holds("10.1.2.3", ["10.2", "2001:db8::/32", "10.1.2.4"])).toBe(false)
  expect(inNetworks.holds("10.1.2.3", ["10.1.0.0/255.0.255.0"])).toBe(false)
})
