import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Relation } from "../../decision/relation.ts"
import type { Value } from "../../decision/value.ts"
import { differs, includesAny, is, letIn, matched, outside, unmatched, untrue } from "./relations.ts"

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom("10.0.0.1", "10.0.0.255", "::1", "unix:", "::ffff:10.0.0.1", "nonsense"),
)
const rule = fc
  .tuple(
    fc.constantFrom("allow", "deny"),
    fc.constantFrom("all", "unix:", "10.0.0.0/8", "10.0.0.1", "::1", "2001:db8::/32", "0.0.0.0/0", "fe80::/10"),
  )
  .map(([verb, whom]) => `${verb} ${whom}`)
const rules = fc.array(rule, { maxLength: 6 })
const pattern = fc.constantFrom("~ ^a", "~* B", "~ a|b", "~ (a)(b)?", "~ \\.x$", "~ [a-c]+", "~ ^(a|b)$", "~ .")
const text = fc.stringMatching(/^[a-c.xA-C|$(]{0,6}$/)

function laws<T extends Value, R extends Value>(
  relation: Relation<T, R>,
  observed: fc.Arbitrary<T>,
  required: fc.Arbitrary<R>,
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

    test("says something of what it was not told, and not that", () => {
      fc.assert(
        fc.property(observed, required, (o, r) => {
          expect(relation.say(undefined, undefined)).not.toMatch(/undefined|null/)
          expect(relation.say(o, undefined).length).toBeGreaterThan(0)
          expect(relation.say(undefined, r).length).toBeGreaterThan(0)
        }),
      )
    })
  })
}

laws(letIn, address, rules)
laws(differs, text, text)
laws(untrue, fc.constantFrom("", "0", "1", "yes"), fc.constant(null))
laws(unmatched, text, pattern)
laws(matched, text, pattern)
laws(
  outside,
  fc.constantFrom("/", "/a", "/a/b.x", "/b"),
  fc.constantFrom("/", "= /a", "^~ /a/", "~ \\.x$", "~* B", "@a"),
)
laws(includesAny, fc.array(fc.constantFrom("a", "b", "c")), fc.array(fc.constantFrom("a", "b", "d")))
laws(is, fc.boolean(), fc.boolean())

describe("a list of addresses", () => {
  test("lets in by the first line that fits, and whom none fits", () => {
    expect(letIn.holds("10.0.0.1", ["deny 10.0.0.1", "allow 10.0.0.0/8", "deny all"])).toBe(false)
    expect(letIn.holds("10.0.0.2", ["deny 10.0.0.1", "allow 10.0.0.0/8", "deny all"])).toBe(true)
    expect(letIn.holds("192.0.2.1", ["allow 10.0.0.0/8"])).toBe(true)
  })

  test("offers one line for one address, before the line that refuses it", () => {
    expect(letIn.offers("192.0.2.1", ["allow 10.0.0.0/8", "deny all"])[0]).toEqual({
      required: ["allow 10.0.0.0/8", "allow 192.0.2.1", "deny all"],
    })
  })
})
