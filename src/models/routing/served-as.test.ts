import { expect, test } from "bun:test"
import fc from "fast-check"
import { entriesFor, servedAs } from "./served-as.ts"
import { ServedModels } from "./served-models.ts"
import type { ServedModel } from "./target.ts"

const served = (name: string): ServedModel => ({
  name,
  targets: [],
  balance: "in-order",
  retries: 0,
  firstTokenTimeout: Number.POSITIVE_INFINITY,
  totalTimeout: Number.POSITIVE_INFINITY,
  onLoss: "note",
  cache: undefined,
})
const name = fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 4 })
const entry = fc.tuple(name, fc.constantFrom("", "*")).map(([text, star]) => text + star)

test("a name is served as what it is found as, whichever of the models are meant", () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { minLength: 1 }), fc.func(fc.boolean()), name, (all, isMeant, asked) => {
      const models = new ServedModels(all.map((it) => [it, served(it)]))
      const meant = all.filter((it) => isMeant(it))
      const others = all.filter((it) => !isMeant(it))
      const found = models.find(asked)
      const entries = entriesFor(meant, others)
      expect(servedAs.holds(asked, entries)).toBe(found !== undefined && meant.includes(found.name))
      expect(servedAs.prepare?.(entries)(asked)).toBe(servedAs.holds(asked, entries))
      for (const offer of servedAs.offers(asked, entries))
        expect("observed" in offer && servedAs.holds(offer.observed, entries)).toBe(true)
    }),
  )
})
