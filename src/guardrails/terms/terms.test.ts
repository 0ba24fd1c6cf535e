import { expect, test } from "bun:test"
import fc from "fast-check"
import { findingsIn, Scanners } from "../scanner.ts"
import { DISGUISES } from "./fold.ts"
import { Terms } from "./terms.ts"

const TERMS = ["idiot", "secret sauce", "Straße", "дурак", "傻瓜", "ass", "bob's burgers"]
const scanners = new Scanners([new Terms("t", TERMS, true)])
const found = (text: string) => findingsIn(text, scanners).map(({ from, to }) => text.slice(from, to))

test.each([
  ["IDIOT!", "IDIOT"],
  ["an idiot.", "idiot"],
  ["ídïöt", "ídïöt"],
  ["id\u200biot", "id\u200biot"],
  ["1di0t", "1di0t"],
  ["іdіоt", "іdіоt"], // Cyrillic і and о
  ["ｉｄｉｏｔ", "ｉｄｉｏｔ"],
  ["𝒊𝒅𝒊𝒐𝒕", "𝒊𝒅𝒊𝒐𝒕"],
  ["i.d.i.o.t", "i.d.i.o.t"],
  ["i d i o t", "i d i o t"],
  ["secret\n  sauce", "secret\n  sauce"],
  ["secret-sauce", "secret-sauce"],
  ["STRAßE", "STRAßE"],
  ["Дурак", "Дурак"],
  ["你是傻瓜吗", "傻瓜"],
  ["$ass", "ass"],
  ["Bob's Burgers", "Bob's Burgers"],
])("%p holds a banned term", (text, term) => expect(found(text)).toEqual([term]))

test.each([
  ["class"],
  ["idiotic"],
  ["bass"],
  ["455"],
  ["a55 road"],
  ["as sure"],
  ["secret of the sauce"],
  ["a s s"],
  ["secretsauce"],
])("%p holds none", (text) => expect(found(text)).toEqual([]))

test("every term is found between words, in any case, with disguises for fewer than half of its letters", () => {
  const word = fc.stringMatching(/^[a-z]{3,12}$/)
  const inverse = new Map([...DISGUISES].flatMap(([sign, letters]) => letters.map((it) => [it, sign] as const)))
  fc.assert(
    fc.property(word, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), fc.nat(), (term, raised, at) => {
      const disguised = [...term].map((it, i) => {
        const sign = inverse.get(it.charCodeAt(0))
        if (i === at % term.length && sign !== undefined) return String.fromCharCode(sign)
        return raised[i] === true ? it.toUpperCase() : it
      })
      const only = new Scanners([new Terms("t", [term], true)])
      const text = `so, ${disguised.join("")}; yes`
      expect(findingsIn(text, only)[0]).toMatchObject({ from: 4, to: 4 + term.length })
    }),
  )
})

test("thousands of names are found at once", () => {
  const names = Array.from({ length: 5000 }, (_, at) => `Person${at} Family${at}`)
  const many = new Scanners([new Terms("name", names, false)])
  const text = names.slice(0, 50).join(" met ")
  expect(findingsIn(text, many)).toHaveLength(50)
})
