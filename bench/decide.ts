import { parseArgs } from "node:util"
import { BODIES } from "./bodies.ts"
import budgets from "./budgets.json"

/** `bun bench/decide.ts [--json FILE]`: what a decision costs. Exits with 1 when it is over its budget. */
interface Row {
  readonly id: string
  readonly name: string
  readonly nanoseconds: number
  readonly bytes: number
}

const { values } = parseArgs({ args: Bun.argv.slice(2), options: { json: { type: "string" } } })
const rows = Object.entries(BODIES).map(
  ([id, { name }]): Row => ({ id, name, nanoseconds: measured("time", id), bytes: measured("bytes", id) }),
)
const faults = overBudget(rows)
print(rows)
const report = JSON.stringify({ rows, budgets: budgets.decide, faults }, null, 2)
if (values.json === undefined) console.log(`\n${report}`)
else await Bun.write(values.json, `${report}\n`)
for (const it of faults) console.error(it)
process.exit(faults.length > 0 ? 1 : 0)

/** Each in a process of its own, so that no measurement warms up or spoils another. */
function measured(what: "time" | "bytes", id: string): number {
  const env = what === "bytes" ? { ...process.env, BUN_JSC_useGC: "0" } : process.env
  const { stdout, stderr, success } = Bun.spawnSync([process.execPath, `${import.meta.dir}/measure.ts`, what, id], {
    env,
  })
  if (!success) throw new Error(`measuring ${what} of ${id} failed: ${stderr.toString()}`)
  const { figure }: { readonly figure: number } = JSON.parse(stdout.toString())
  return figure
}

function overBudget(measuredRows: readonly Row[]): readonly string[] {
  const row = measuredRows.find(({ id }) => id === "decide")
  if (row === undefined) throw new Error("what the budget is about was not measured")
  const { nanoseconds, bytes } = budgets.decide
  return [
    ...(row.nanoseconds < nanoseconds
      ? []
      : [`over budget: ${row.nanoseconds.toFixed(0)} ns, ${nanoseconds} are allowed`]),
    ...(row.bytes < bytes ? [] : [`over budget: ${row.bytes.toFixed(1)} bytes, ${bytes} are allowed`]),
  ]
}

function print(measuredRows: readonly Row[]): void {
  const wide = Math.max(...measuredRows.map(({ name }) => name.length))
  console.log(`${"".padEnd(wide)}  ${"ns".padStart(9)}  ${"bytes".padStart(9)}`)
  for (const { name, nanoseconds, bytes } of measuredRows)
    console.log(`${name.padEnd(wide)}  ${nanoseconds.toFixed(0).padStart(9)}  ${bytes.toFixed(1).padStart(9)}`)
}
