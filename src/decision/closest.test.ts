import { expect, test } from "bun:test"
import fc from "fast-check"
import { closestFirst, editDistance } from "./closest.ts"

const short = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 })

/** The definition, without cleverness. */
function distance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length
  const replaced = distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1)
  return Math.min(replaced, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1)
}

test("the distance is the fewest insertions, removals and replacements", () => {
  fc.assert(
    fc.property(
      short,
      short,
      (a, b) => editDistance(a, b) === distance(a.slice(0, 6), b.slice(0, 6)) || a.length > 6 || b.length > 6,
    ),
  )
})

test("no value of a short list is lost", () => {
  fc.assert(
    fc.property(short, fc.array(short, { maxLength: 128, size: "max" }), (meant, among) => {
      expect([...closestFirst(meant, among)].sort()).toEqual([...among].sort())
    }),
  )
})

test("of a long list the likeliest are kept, and those first", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `model-${i}-large`)
  const found = closestFirst("modle-4711-large", many)
  expect(found).toHaveLength(128)
  expect(found[0]).toBe("model-4711-large")
})

test("a long list of strings that are nothing alike is cut as well", () => {
  const many = Array.from({ length: 500 }, (_, i) => `${i}`)
  expect(closestFirst("xyz", many)).toHaveLength(128)
})
