// `bun bench/cold.ts [--json]`: how long a cold `pinpoint diagnose --case` takes, from the start of the process to its end, beside
// one that only prints its version. The median of five runs for each case everyone has; the budget is 150 ms.
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { columns } from "../src/cli/style.ts"

const ROOT = join(import.meta.dir, "..")
const RUNS = 5
const BUDGET = 150

const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0

function milliseconds(args: readonly string[]): number {
  const runs = Array.from({ length: RUNS }, () => {
    const began = performance.now()
    const { success } = Bun.spawnSync([join(ROOT, "pinpoint"), ...args], { stdout: "ignore", stderr: "ignore" })
    if (!success) throw new Error(`pinpoint ${args.join(" ")} failed`)
    return performance.now() - began
  })
  return median(runs)
}

const folder = mkdtempSync(join(tmpdir(), "pinpoint-cold-"))
try {
  const version = milliseconds(["--version"])
  const lines = (await Bun.file(join(ROOT, "test/diagnosis/shared.jsonl")).text()).trim().split("\n")
  const took: { readonly id: string; readonly milliseconds: number }[] = []
  for (const line of lines) {
    const { id, symptom, evidence } = JSON.parse(line)
    const path = join(folder, `${id}.json`)
    await Bun.write(path, JSON.stringify({ id, symptom, evidence }))
    took.push({ id, milliseconds: milliseconds(["diagnose", "--case", path]) })
  }
  const all = took.map((it) => it.milliseconds)
  const slowest = took.reduce((a, b) => (b.milliseconds > a.milliseconds ? b : a))
  const within = all.filter((it) => it < BUDGET).length
  const told = { version, median: median(all), slowest, within, of: all.length, budget: BUDGET }
  if (process.argv.includes("--json")) console.log(JSON.stringify(told, null, 2))
  else
    console.log(
      columns([
        ["what", "ms"],
        ["pinpoint --version", version.toFixed(0)],
        ["diagnose --case, median", told.median.toFixed(0)],
        [`diagnose --case, slowest (${slowest.id})`, slowest.milliseconds.toFixed(0)],
        [`within ${BUDGET} ms`, `${within} of ${all.length}`],
      ]),
    )
} finally {
  rmSync(folder, { recursive: true })
}
