import { describe, expect, setDefaultTimeout, test } from "bun:test"
import { join } from "node:path"
import { Glob } from "bun"
import { readCase } from "../src/causes/case-file.ts"
import { agrees } from "./cases/agrees.fixture.ts"
import { bodyOf, fieldOf, type Got, hasBegun, statusOf } from "./cases/caller.fixture.ts"
import { type Lived, live } from "./cases/live.fixture.ts"
import { explained, replayedFor, shownAnswer, toldBy, toldOf, withoutFixes } from "./cases/told.fixture.ts"
import { PATIENCE } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const folder = join(import.meta.dir, "../src/causes")
const shared = await Bun.file(join(folder, "example.yaml")).text()

for (const file of [...new Glob("*/*.case").scanSync(folder)].sort()) {
  const text = await Bun.file(join(folder, file)).text()
  const code = file.split(".")[0] ?? ""
  describe(file, () => {
    const read = readCase(text, shared)

    test("lived, simulated and replayed, yields its cause and tells it alike", async () => {
      const seen = await live(read, false, (lived) => {
        agrees(lived, code)
        return expectedText(lived, code)
      })
      const whole = `${read.given}\n\n=== expected\n\n${seen}\n`
      if (process.env.UPDATE === "1" && whole !== text) await Bun.write(join(folder, file), whole)
      else expect(text).toBe(whole)
    })

    test("tells an operator live what it tells one later", async () => {
      await live(read, true, (lived) => tellsOperator(lived, code))
    })

    for (const { by, how, ...scene } of read.mended)
      test(`mended by the ${by}, it is permitted: ${how}`, () => live(scene, false, isPermitted))
  })
}

/** Fields can only prove who asks where they could be read. */
function tellsOperator(lived: Lived, code: string): void {
  const { last } = lived
  if (last.isCut) return
  const told = replayedFor(lived)
  const audience = code.startsWith("wire/") && !isOperators(last) ? "anonymous" : "operator"
  const later = toldOf(told.get(audience)?.explanation)
  if (hasBegun(last)) expect(withoutFixes(toldBy(last))).toEqual(withoutFixes(later))
  else expect(toldBy(last)).toEqual(later)
}

const isOperators = (got: Got): boolean => bodyOf(got).includes('"revision"')

function expectedText(lived: Lived, code: string): string {
  const { last } = lived
  const sections = new Map([
    ["verdict", `deny ${statusOf(last)} ${code}${howTold(last)}`],
    ["answer", shownAnswer(last)],
    ...explained(replayedFor(lived)),
  ])
  return [...sections].map(([name, body]) => `--- ${name}\n\n${body}`).join("\n\n")
}

function howTold(last: Got): string {
  if (last.isCut) return ", and the connection reset"
  return hasBegun(last) ? ", told at the end of the stream" : ""
}

function isPermitted({ answers, faults }: Lived): void {
  for (const answer of answers) {
    expect(fieldOf(answer, "Pinpoint-Cause")).toBeUndefined()
    expect(statusOf(answer)).toBe(200)
    expect(answer.isCut).toBe(false)
  }
  expect(faults).toEqual([])
}
