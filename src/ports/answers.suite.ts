import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { AnswerCache, Embedding, WholeAnswer } from "./answers.ts"
import type { Opened } from "./opened.suite.ts"

const NOW = 1_800_000_000_000
const whole = (text: string): WholeAnswer => ({ isWhole: true, text })
/** Of length 1, from an angle. */
const at = (degrees: number): Embedding => {
  const angle = (degrees * Math.PI) / 180
  return Float32Array.from([Math.cos(angle), Math.sin(angle), 0])
}

/** What every cache of answers does. `open` makes an empty one. */
export function answerCacheSuite(name: string, open: () => Opened<AnswerCache>): void {
  describe(`${name} as a cache of answers`, () => {
    let opened: Opened<AnswerCache>
    let cache: AnswerCache
    beforeEach(() => {
      opened = open()
      cache = opened.subject
    })
    afterEach(() => opened.close())

    test("an answer kept is found until it expires", () => {
      cache.keep("t", "q", whole("a"), NOW, NOW + 1000)
      expect(cache.find("t", "q", NOW + 999)).toEqual({ text: "a", keptAt: NOW, expiresAt: NOW + 1000 })
      expect(cache.find("t", "q", NOW + 1000)).toBeUndefined()
      expect(cache.find("t", "other", NOW)).toBeUndefined()
    })

    test("an answer kept again takes the place of the one before", () => {
      cache.keep("t", "q", whole("a"), NOW, NOW + 1000)
      cache.keep("t", "q", whole("b"), NOW + 1, NOW + 5000)
      expect(cache.find("t", "q", NOW + 2000)?.text).toBe("b")
    })

    test("a text is kept to the letter", () => {
      const text = `ä\u0001"${"long ".repeat(100_000)}`
      cache.keep("t", "q", whole(text), NOW, NOW + 1000)
      expect(cache.find("t", "q", NOW)?.text).toBe(text)
    })

    test("the most similar question is found, where it is similar enough", () => {
      cache.keepNear("t", "s", at(0), whole("zero"), NOW, NOW + 1000)
      cache.keepNear("t", "s", at(40), whole("forty"), NOW, NOW + 1000)
      const found = cache.findNear("t", "s", at(30), 0.9, NOW)
      expect(found).toMatchObject({ text: "forty", keptAt: NOW, expiresAt: NOW + 1000 })
      expect(found?.similarity).toBeCloseTo(Math.cos(Math.PI / 18), 5)
      expect(cache.findNear("t", "s", at(90), 0.9, NOW)).toBeUndefined()
      expect(cache.findNear("t", "other", at(0), 0.9, NOW)).toBeUndefined()
    })

    test("a similar question is not found once it has expired, and the next best is", () => {
      cache.keepNear("t", "s", at(0), whole("first"), NOW, NOW + 1000)
      cache.keepNear("t", "s", at(10), whole("second"), NOW, NOW + 2000)
      expect(cache.findNear("t", "s", at(0), 0.9, NOW)?.text).toBe("first")
      expect(cache.findNear("t", "s", at(0), 0.9, NOW + 1000)?.text).toBe("second")
      expect(cache.findNear("t", "s", at(0), 0.9, NOW + 2000)).toBeUndefined()
    })

    test("vectors of another length are of another kind, and not compared", () => {
      cache.keepNear("t", "s", Float32Array.from([1, 0]), whole("two"), NOW, NOW + 1000)
      expect(cache.findNear("t", "s", at(0), 0.5, NOW)).toBeUndefined()
    })

    test("nothing of a tenant is ever told to another, whatever they are called and ask", () => {
      const word = fc.oneof(
        fc.constantFrom("a", "b", "a\u0000", "", "a b", "ab"),
        fc.string({ unit: "binary", maxLength: 4 }),
      )
      const kept = fc.array(fc.record({ tenant: word, question: word, degrees: fc.nat(360) }), { maxLength: 12 })
      const stranger = fc.record({ tenant: word, question: word, degrees: fc.nat(360) })
      let run = 0
      fc.assert(
        fc.property(kept, stranger, (all, { tenant, question, degrees }) => {
          const own = opened.subject
          const round = `round ${run++} `
          for (const it of all) {
            own.keep(round + it.tenant, it.question, whole(it.tenant), NOW, NOW + 1000)
            own.keepNear(round + it.tenant, it.question, at(it.degrees), whole(it.tenant), NOW, NOW + 1000)
          }
          const asked = round + tenant
          const hasAsked = all.some((it) => it.tenant === tenant && it.question === question)
          expect(own.find(asked, question, NOW)?.text).toBe(hasAsked ? tenant : undefined)
          const near = own.findNear(asked, question, at(degrees), -1, NOW)
          expect(near?.text).toBe(hasAsked ? tenant : undefined)
        }),
        { numRuns: 60 },
      )
    })
  })
}
