// How often the first cause is right, with all evidence and with one part taken away, and how well stated confidence is met.
// `bun bench/cases.ts [FILE.jsonl …] [--json]`; without files those of the tests.
import { basename, join } from "node:path"
import { Glob } from "bun"
import { columns } from "../src/cli/style.ts"
import { casesOf } from "../test/diagnosis/labelled.fixture.ts"
import { ABLATIONS, calibration, scored } from "../test/diagnosis/scored.fixture.ts"

const folder = join(import.meta.dir, "../test/diagnosis")
const named = process.argv.slice(2).filter((it) => it.endsWith(".jsonl"))
const files = named.length > 0 ? named : [...new Glob("*.jsonl").scanSync(folder)].sort().map((it) => join(folder, it))
const rows: string[][] = [["cases", "without", "first", "first three", "of", "calibration error", "Brier", "unfounded"]]
const results: object[] = []
for (const file of files) {
  const cases = await casesOf(file)
  for (const [without, parts] of Object.entries(ABLATIONS)) {
    const all = await Promise.all(cases.map((it) => scored(it, parts)))
    const first = all.filter((it) => it.rank === 1).length
    const three = all.filter((it) => it.rank >= 1 && it.rank <= 3).length
    const unfounded = all.reduce((sum, it) => sum + it.unfounded.length, 0)
    const { ece, brier } = calibration(all)
    results.push({ file: basename(file), without, first, three, of: all.length, ece, brier, unfounded })
    rows.push([
      basename(file),
      without,
      `${first}`,
      `${three}`,
      `${all.length}`,
      ece.toFixed(3),
      brier.toFixed(3),
      `${unfounded}`,
    ])
  }
}
console.log(process.argv.includes("--json") ? JSON.stringify(results, null, 2) : columns(rows))
