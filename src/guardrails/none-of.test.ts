import { expect, test } from "bun:test"
import fc from "fast-check"
import { modelMatch } from "./model-pattern.ts"
import { noneOf } from "./none-of.ts"

const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 4 })

test("every offer makes it hold, prepared or not", () => {
  fc.assert(
    fc.property(words, words, (found, refused) => {
      expect(noneOf.prepare?.(refused)(found)).toBe(noneOf.holds(found, refused))
      for (const offer of noneOf.offers(found, refused))
        expect("observed" in offer ? noneOf.holds(offer.observed, refused) : noneOf.holds(found, offer.required)).toBe(
          true,
        )
    }),
  )
})

test("saying why withholds what may not be told", () => {
  expect(noneOf.say(undefined, ["secret"])).not.toContain('secret"')
  expect(noneOf.say(["seen"], undefined)).not.toContain("undefined")
  expect(noneOf.say(["seen", "card"], ["card"])).toBe("card was found")
})

test("a pattern means the names that a regular expression of it means", () => {
  const piece = fc.array(fc.constantFrom("a", "b", "*"), { maxLength: 6 }).map((it) => it.join(""))
  fc.assert(
    fc.property(piece, fc.stringMatching(/^[ab]{0,8}$/), (pattern, name) => {
      const means = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name)
      expect(modelMatch([pattern])(name)).toBe(means)
    }),
  )
})
