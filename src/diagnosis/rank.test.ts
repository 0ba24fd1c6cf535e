import { expect, test } from "bun:test"
import fc from "fast-check"
import { assemble, type Piece } from "../exhibits/assemble.ts"
import { PARTS } from "../exhibits/exhibits.ts"
import { type ForeignCause, foreignCause } from "../foreign/cause.ts"
import { WEIGHTS, type Weight } from "../foreign/clue.ts"
import { diagnose } from "./diagnose.ts"
import { rank } from "./rank.ts"
import { weigh } from "./weigh.ts"

const WORDS = ["forbidden", "denied", "token", "rule", "index", "owner"] as const
const weights = Object.keys(WEIGHTS).filter((it): it is Weight => it in WEIGHTS)

const clue = fc.record({
  weight: fc.constantFrom(...weights),
  basis: fc.constant("observed" as const),
  says: fc.constantFrom("one thing", "another"),
  all: fc.tuple(fc.record({ in: fc.tuple(fc.constantFrom(...PARTS)), text: fc.constantFrom(...WORDS) })),
})

const cause = fc
  .record({ name: fc.constantFrom("a", "b", "c", "d"), clues: fc.array(clue, { maxLength: 5 }) })
  .map(({ name, clues }) =>
    foreignCause({
      code: `x/${name}`,
      title: name,
      why: "",
      emitter: "nginx",
      fix: [{ by: "operator", does: "Do it", admits: "nobody else" }],
      sources: ["a test"],
      clues,
    }),
  )
const causes = fc.uniqueArray(cause, { selector: (it) => it.code, maxLength: 4 })
const pieces: fc.Arbitrary<Piece[]> = fc.array(
  fc.record({
    part: fc.constantFrom(...PARTS),
    from: fc.constantFrom("one", "two"),
    text: fc.array(fc.constantFrom(...WORDS, "\n", " "), { maxLength: 6 }).map((it) => it.join(" ")),
  }),
  { maxLength: 6 },
)

const ranked = (all: readonly ForeignCause[], given: readonly Piece[]) => {
  const exhibits = assemble(given)
  return rank(all.flatMap((it) => weigh(it, exhibits) ?? []))
}

test("confidence is a share: it never grows by another cause being known, and all together never reach one", () =>
  fc.assert(
    fc.property(causes, pieces, (all, given) => {
      const told = ranked(all, given)
      expect(told.reduce((sum, it) => sum + it.confidence, 0)).toBeLessThan(1)
      const [, ...fewer] = all
      for (const it of ranked(fewer, given)) {
        const among = told.find((other) => other.cause === it.cause)
        expect(among?.confidence ?? 0).toBeLessThanOrEqual(it.confidence + 1e-12)
      }
    }),
  ))

test("a cause that is ruled out is never named, whatever slight things speak for it", () =>
  fc.assert(
    fc.property(pieces, (given) => {
      const out = foreignCause({
        code: "x/out",
        title: "out",
        why: "",
        emitter: "nginx",
        fix: [{ by: "operator", does: "Do it", admits: "nobody else" }],
        sources: ["a test"],
        clues: [
          { weight: "rules-out", basis: "observed", says: "it is not", all: [{ in: ["log"], text: "denied" }] },
          ...WORDS.map(
            (text) => ({ weight: "slight", basis: "observed", says: "a word", all: [{ in: PARTS, text }] }) as const,
          ),
        ],
      })
      if (assemble(given).of.log.some((it) => it.text.includes("denied"))) expect(ranked([out], given)).toEqual([])
    }),
  ))

test("more evidence of the same kind is worth less than evidence of another kind", () => {
  const of = (...parts: readonly (typeof PARTS)[number][]) =>
    foreignCause({
      code: "x/y",
      title: "y",
      why: "",
      emitter: "nginx",
      fix: [{ by: "operator", does: "Do it", admits: "nobody else" }],
      sources: ["a test"],
      clues: parts.map((part) => ({
        weight: "fair",
        basis: "observed",
        says: "a word",
        all: [{ in: [part], text: "denied" }],
      })),
    })
  const exhibits = assemble([
    { part: "log", from: "log_lines[0]", text: "denied" },
    { part: "body", from: "response_body", text: "denied" },
  ])
  const same = weigh(of("log", "log"), exhibits)?.score ?? 0
  const different = weigh(of("log", "body"), exhibits)?.score ?? 0
  expect(different).toBeGreaterThan(same)
})

test("every quotation of an answer stands in what was given, and every answer without a sure cause asks something", () =>
  fc.assert(
    fc.property(causes, pieces, (all, given) => {
      const { causes: told, next } = diagnose(assemble(given), all, [])
      for (const { evidence } of told)
        for (const it of evidence)
          if ("quote" in it)
            expect(given.some(({ from, text }) => from === it.from && text.includes(it.quote))).toBe(true)
      if ((told[0]?.confidence ?? 0) < 0.9 && given.length === 0) expect(next).not.toBeNull()
    }),
  ))
