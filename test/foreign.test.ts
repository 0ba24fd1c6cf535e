import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { FOREIGN_CAUSES } from "../src/foreign/catalogue.gen.ts"
import type { ForeignCause } from "../src/foreign/cause.ts"
import { type Clue, WEIGHTS } from "../src/foreign/clue.ts"

const root = join(import.meta.dir, "..")
const codes: readonly string[] = FOREIGN_CAUSES.map((it) => it.code).sort()
const below = (folder: string, ending: string): readonly string[] =>
  [...new Glob(`*/**/*${ending}`).scanSync(join(root, folder))]
    .filter((it) => !/\.(test|fixture)\.ts$/.test(it))
    .map((it) => it.slice(0, -ending.length))
    .sort()

describe("a cause of another system", () => {
  test("has a file whose path is its code, and every file is in the catalogue", () => {
    expect(below("src/foreign", ".ts")).toEqual(codes)
  })

  test("has a page, and there is no page for another", () => {
    expect(below("docs/diagnosis", ".md")).toEqual(codes)
  })

  test("once named never disappears", async () => {
    const named = (await Bun.file(join(import.meta.dir, "diagnosis/codes.txt")).text()).trim().split("\n")
    expect(named.filter((it) => !codes.includes(it))).toEqual([])
    expect(named).toEqual([...new Set(named)].sort())
  })
})

/** Products whose names begin with a small letter. */
const PRODUCT = /^(fail2ban|mod_evasive|nginx|php-fpm)\b/
const BLAME = /\b(you failed|your fault|illegal|stupid|forbidden|abuse|careless|should not have|must not have)\b/i
/** Words a fix does not begin with: it says first what to do, and then where or when. */
const NO_VERB =
  /^(An?|After|As|At|Before|Behind|Both|Either|Every|Finally|For|From|If|In|It|No|Not|On|Only|Otherwise|Please|The|Then|This|To|When|Where|Whether|With|Without|You|Your|GET|POST)$/

describe("the wording", () => {
  for (const cause of FOREIGN_CAUSES)
    describe(cause.code, () => {
      test("has a title that is one sentence without its period", () => {
        expect(cause.title).toMatch(PRODUCT.test(cause.title) ? /[^.!?]$/ : /^[`A-Z].*[^.!?]$/)
        expect(cause.title).not.toMatch(/[.!?] /)
      })

      test("has a reason in whole sentences", () => {
        expect(cause.why).toMatch(/^\S.*[.!?)]$/s)
      })

      test("has fixes that begin with a verb, go without their period and say whom they let in", () => {
        for (const { does, admits } of cause.fix) {
          expect(does).toMatch(/^[A-Z][a-z]+(-[a-z]+)?\b/)
          expect(does.split(/\W/, 1)[0]).not.toMatch(NO_VERB)
          expect(does).not.toMatch(/[.!]$/)
          expect(admits).toMatch(/\S.*[^.!\s]$/)
        }
        for (const it of cause.unwise ?? []) expect(it).toMatch(/\S.*[^.!\s]$/)
      })

      test("asks a question, where it asks", () => {
        expect(cause.ask?.question ?? "?").toMatch(/\?$/)
        expect(cause.ask?.why ?? ".").not.toBe("")
      })

      test("blames nobody", () => {
        expect(told(cause)).not.toMatch(BLAME)
      })

      test("names its sources", () => {
        expect(cause.sources.length).toBeGreaterThan(0)
        for (const it of cause.sources) expect(it.trim()).not.toBe("")
      })
    })
})

/** What is said in words: what stands in code is a product's own. */
const told = ({ title, why, fix }: ForeignCause): string =>
  [title, why, ...fix.map((it) => it.does)].join("\n").replace(/`[^`]*`/g, "")

describe("a clue", () => {
  for (const cause of FOREIGN_CAUSES)
    test(`of ${cause.code} weighs what its basis bears, and looks for something`, () => {
      for (const clue of cause.clues) {
        if (clue.basis === "memory") expect(Math.abs(WEIGHTS[clue.weight])).toBeLessThanOrEqual(WEIGHTS.slight)
        expect(clue.says).toMatch(/\S.*[^.!\s]$/s)
        for (const { flags, isEmpty } of texts(clue)) {
          expect(flags).toMatch(/^[imsu]*$/)
          expect(isEmpty).toBe(false)
        }
      }
    })
})

/** `isEmpty`: it is found in nothing, and so everywhere. */
function texts({ all, none = [] }: Clue): readonly { readonly flags: string; readonly isEmpty: boolean }[] {
  return [...all, ...none].flatMap((it) => {
    if ("see" in it) return []
    return typeof it.text === "string"
      ? { flags: "", isEmpty: it.text.trim() === "" }
      : { flags: it.text.flags, isEmpty: it.text.test("") }
  })
}
