import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import fc from "fast-check"
import { needlesOf } from "../scripts/needle.ts"
import { FOREIGN_CAUSES as WRITTEN } from "../src/foreign/catalogue.gen.ts"
import type { ForeignCause } from "../src/foreign/cause.ts"
import type { Clue, Look, Test } from "../src/foreign/clue.ts"
import { FOREIGN_CAUSES as PACKED } from "../src/foreign/packed.ts"

const looksOf = ({ clues }: ForeignCause): readonly Look[] =>
  clues
    .flatMap(({ all, none }: Clue) => [...all, ...(none ?? [])])
    .filter((it: Look | Test): it is Look => !("see" in it))

const lower = (text: string): string => text.replace(/[A-Z]+/g, (it) => it.toLowerCase())

describe("the packed causes", () => {
  test("are those that are written, clue by clue and pattern by pattern", () => {
    const told = (all: readonly ForeignCause[]) =>
      all
        .map(({ explain: _, clues, ...it }) => ({
          ...it,
          clues: clues.map(({ weight, basis, says }) => ({ weight, basis, says })),
        }))
        .sort((a, b) => (a.code < b.code ? -1 : 1))
    expect(told(PACKED)).toEqual(told(WRITTEN))
    const patterns = (all: readonly ForeignCause[]) =>
      new Map(all.map((it) => [it.code, looksOf(it).map((look) => [look.in.join(), String(look.text)])]))
    const packed = patterns(PACKED)
    for (const [code, looks] of patterns(WRITTEN)) expect([code, packed.get(code)]).toEqual([code, looks])
  })

  test("lose nothing by their needles: what a pattern finds in any real case holds one of them", async () => {
    const folder = join(import.meta.dir, "diagnosis")
    const texts: string[] = []
    for (const file of new Glob("*.jsonl").scanSync(folder))
      for (const line of (await Bun.file(join(folder, file)).text()).split("\n").filter((it) => it !== ""))
        texts.push(...Object.values(JSON.parse(line).evidence).flat().map(String), String(JSON.parse(line).symptom))
    const all = texts.join("\n")
    let found = 0
    for (const look of PACKED.flatMap(looksOf)) {
      if (look.needles === undefined || typeof look.text === "string") continue
      const quote = look.text.exec(all)?.[0]
      if (quote === undefined) continue
      found++
      expect([String(look.text), look.needles.some((it) => lower(quote).includes(it))]).toEqual([
        String(look.text),
        true,
      ])
    }
    expect(found).toBeGreaterThan(500)
  })
})

describe("the needles of a pattern", () => {
  test("stand in whatever it matches", () => {
    let tried = 0
    for (const { text } of PACKED.flatMap(looksOf)) {
      if (typeof text === "string") continue
      const needles = needlesOf(text)
      const strings = needles === undefined ? undefined : drawn(text)
      if (strings === undefined || needles === undefined) continue
      tried++
      for (const it of strings)
        if (text.test(it))
          expect([text.source, needles.some((one) => lower(it).includes(one))]).toEqual([text.source, true])
    }
    expect(tried).toBeGreaterThan(300)
  })

  test.each([
    [/access forbidden/i, ["access forbidden"]],
    [/\bdeny (?:all|from)\b/, ["deny "]],
    [/(?:nginx|apache)s?/, ["nginx", "apache"]],
    [/colou?r of/, ["colo"]],
    [/[a-z]+ab/, undefined],
    [/abc|x/, undefined],
    [/(?:abc)?/, undefined],
    [/(?!abc)defg/, ["defg"]],
    [/\u00e9tat d'erreur/i, ["tat d'erreur"]],
    [/kelvin/iu, undefined],
  ])("of %p are %p", (pattern, needles) => {
    expect(needlesOf(pattern)).toEqual(needles)
  })
})

/** Some texts a pattern matches; undefined for syntax that cannot be drawn from. */
function drawn(pattern: RegExp): readonly string[] | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern.source, pattern.flags.replace("i", ""))), {
      numRuns: 8,
      seed: 1,
    })
  } catch {
    return undefined
  }
}
