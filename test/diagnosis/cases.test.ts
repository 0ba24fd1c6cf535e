import { describe, expect, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { FOREIGN_CAUSES } from "../../src/foreign/catalogue.gen.ts"
import { casesOf } from "./labelled.fixture.ts"
import { ABLATIONS, calibration, type Scored, scored } from "./scored.fixture.ts"

const files = [...new Glob("*.jsonl").scanSync(import.meta.dir)].sort()
const codes = new Set<string>(FOREIGN_CAUSES.map((it) => it.code))
const scoredOf = async (file: string, without: readonly string[] = []): Promise<readonly Scored[]> =>
  Promise.all((await casesOf(join(import.meta.dir, file))).map((it) => scored(it, without)))
const right = (all: readonly Scored[]): number => all.filter((it) => it.rank === 1).length

test("of the real cases everyone has, at least 34 of 37 have the right cause first", async () => {
  const all = await scoredOf("shared.jsonl")
  expect(all.length).toBe(37)
  expect(right(all)).toBeGreaterThanOrEqual(34)
})

describe("of every collection of real cases", () => {
  for (const file of files) {
    test(`${file}: each label is a cause that exists`, async () => {
      const labels = (await casesOf(join(import.meta.dir, file))).map((it) => it.cause.replaceAll(".", "/"))
      // `none:` is of a cause nobody has a file for yet: then the answer should be that it is not known.
      expect(labels.filter((it) => !it.startsWith("none:") && !codes.has(it))).toEqual([])
    })

    for (const [name, parts] of Object.entries(ABLATIONS))
      test(`${file}: without ${name}, what is quoted stands in what was given, and confidence is a share of one`, async () => {
        for (const { answer, unfounded } of await scoredOf(file, parts)) {
          expect(unfounded).toEqual([])
          const shares = answer.causes.map((it) => it.confidence)
          expect(shares).toEqual([...shares].sort((a, b) => b - a))
          expect(shares.reduce((sum, it) => sum + it, 0)).toBeLessThanOrEqual(1.001 + shares.length * 0.0005)
        }
      })
  }

  test("stated confidence is met within a fifth on cases nothing was learnt from, and the first cause is mostly right", async () => {
    const all = await scoredOf("held-out.jsonl")
    expect(calibration(all).ece).toBeLessThan(0.2)
    expect(right(all) / all.length).toBeGreaterThan(0.6)
  })
})
