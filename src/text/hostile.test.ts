import { expect, test } from "bun:test"
import fc from "fast-check"
import { readDocument } from "./document.ts"
import { printFaults } from "./fault.ts"
import { DEEPEST } from "./limits.ts"

const read = (text: string) => readDocument(text, "f", { A: "b" })
const messages = (text: string): readonly string[] => read(text).faults.map(({ message }) => message)

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n")

test.each([
  ["flow lists", "[".repeat(10_000) + "]".repeat(10_000)],
  ["flow lists that are not closed", "[".repeat(10_000)],
  ["flow maps", "{a: ".repeat(10_000)],
  ["compact lists", `${"- ".repeat(10_000)}x\nb: 1`],
  ["explicit keys", `${"? ".repeat(10_000)}x`],
  ["block maps", `${lines(3_000, (at) => `${" ".repeat(at)}a:`)}\nb: 1`],
])("%s nested thousands deep are one fault and no stack overflow", (_, text) => {
  expect(messages(text)).toEqual(["this is nested too deep to be read"])
})

test("the deepest nesting allowed is read", () => {
  const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth)
  expect(messages(nested(DEEPEST))).toEqual([])
  expect(messages(nested(DEEPEST + 1))).toEqual(["this is nested too deep to be read"])
})

test("a billion laughs are refused before they are laughed", () => {
  const names = "abcdefghij".split("")
  const text = names
    .map((it, at) => `${it}: &${it} [${Array(9).fill(at === 0 ? "lol" : `*${names[at - 1]}`)}]`)
    .join("\n")
  expect(messages(text)).toEqual(["aliases make this file too large"])
})

test("a key file of 100,000 entries is read, and an entry written twice is found", () => {
  const text = `${lines(100_000, (at) => `key${at}: \${A}`)}\nkey7: 2`
  expect(messages(text)).toEqual(['the key "key7" is written twice'])
}, 20_000)

test("10 MB in one value or in many lines are read", () => {
  expect(read(`a: ${"x".repeat(10_000_000)}`).faults).toEqual([])
  expect(read(lines(100_000, (at) => `k${at}: ${"x".repeat(95)}`)).faults).toEqual([])
}, 20_000)

test("more than can be read in good time is refused: 10 MB of empty lines, 17 MB of anything", () => {
  expect(messages("\n".repeat(10_000_000))).toEqual(["the file holds too much to be read; it was read up to here"])
  expect(messages("x".repeat(17 * 1024 * 1024))).toEqual(["the file is too long to be read"])
}, 20_000)

test("of very many faults the first are told and the rest counted", () => {
  const faults = messages(lines(5_000, () => "a: \u0001"))
  expect(faults.length).toBe(1_001)
  expect(faults.at(-1)).toMatch(/more faults are not listed$/)
  expect(messages(lines(5_000, (at) => `a${at}: \${NOT_SET}`)).length).toBe(1_000)
})

test("no text makes the reader throw, and no fault lies outside the text", () => {
  const sign = fc.constantFrom(
    ..."[]{}:,-?#&*!|>'\"%@` \n\t\r\\$ab0\u0000\uFEFF\uE000\uE001~<".split(""),
    "${",
    `\${A}`,
    "$${",
    "${A:-",
    ": ",
    "- ",
    "&a ",
    "*a",
    "\n  ",
    "|\n",
    "---\n",
  )
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
      const text = signs.join("")
      const { faults } = read(text)
      const count = text.split("\n").length
      for (const { source } of faults) {
        expect(source.line).toBeWithin(1, count + 1)
        expect(source.column).toBeGreaterThan(0)
      }
      printFaults(faults, text, { color: true })
    }),
    { numRuns: 5_000 },
  )
}, 60_000)
