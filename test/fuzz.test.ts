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
  expect(outcomes.filter((it) => it.rounds < 3)).toEqual([])
})

test("a parser with a fault is found out, whichever it is, and the text that shows it is kept", async () => {
  const outcomes = await fuzz({ names: PLANTED.map((it) => it.name), seed: 1, seconds: 1 })
  expect(outcomes.map((it) => [it.name, it.findings[0]?.what])).toEqual(
    PLANTED.map((it) => [it.name, it.name.replace("planted: ", "")]),
  )
  const [first] = outcomes.flatMap((it) => it.findings)
  expect(first?.text).toMatch(/^[\u0080-\uffff]$/)
  rmSync(dirname(first?.path ?? ""), { recursive: true })
})
