import { expect, setDefaultTimeout, test } from "bun:test"
import { rmSync } from "node:fs"
import { dirname } from "node:path"
import { fuzz } from "./fuzz/fuzz.fixture.ts"
import { PLANTED } from "./fuzz/planted.fixture.ts"
import { TARGETS } from "./fuzz/targets.fixture.ts"

setDefaultTimeout(300_000)

test("no parser throws, hangs, takes memory without bound or ends the process, whatever the text", async () => {
  const outcomes = await fuzz({ names: TARGETS.map((it) => it.name), seed: 1, seconds: 0.5 })
  expect(outcomes.map((it) => it.name).sort()).toEqual(TARGETS.map((it) => it.name).sort())
  expect(outcomes.flatMap((it) => it.findings)).toEqual([])
})

test("a parser with a fault is found out, whichever it is, and the text that shows it is kept", async () => {
  const names = PLANTED.map((it) => it.name)
  const outcomes = await fuzz({ names, seed: 1, seconds: 2, patience: 3000, shrinking: 1000 })
  const folders = outcomes.flatMap((it) => it.findings.map(({ path }) => dirname(path)))
  for (const it of new Set(folders)) rmSync(it, { recursive: true })
  expect(outcomes.map((it) => [it.name, it.findings[0]?.what])).toEqual(
    names.map((it) => [it, it.replace("planted: ", "")]),
  )
})
