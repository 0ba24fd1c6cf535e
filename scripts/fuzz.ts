// `npm run fuzz [-- --seconds N --only NAME,NAME --seed N]`: hostile text for every parser, each in a process of its own, ten
// minutes each unless told. Prints progress and a table; exits with 1 for a finding, whose text is kept in a file.
import { parseArgs } from "node:util"
import { columns } from "../src/cli/style.ts"
import { fuzz } from "../test/fuzz/fuzz.fixture.ts"
import { TARGETS } from "../test/fuzz/targets.fixture.ts"

const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: { seconds: { type: "string" }, only: { type: "string" }, seed: { type: "string" } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const seconds = Number(values.seconds ?? 600)
const wanted = values.only?.split(",")
const names = TARGETS.map((it) => it.name).filter((it) => wanted === undefined || wanted.includes(it))
const unknown = wanted?.filter((it) => !names.includes(it)) ?? []
if (unknown.length > 0 || !(seconds > 0) || !Number.isInteger(seed)) {
  console.error(`There are: ${TARGETS.map((it) => it.name).join(", ")}. --seconds and --seed take numbers.`)
  process.exit(2)
}

console.log(`seed ${seed}, ${names.length} parsers, ${seconds} s each`)
const rows: string[][] = [["parser", "rounds", "slowest ms", "memory MiB", "findings"]]
let failed = false
for (const name of names) {
  const outcomes = await fuzz({
    names: [name],
    seed,
    seconds,
    progress: (_, round) => void (process.stdout.isTTY && process.stdout.write(`\r\u001b[K${name}: ${round}`)),
  })
  if (process.stdout.isTTY) process.stdout.write("\r\u001b[K")
  for (const { rounds, slowest, memory, findings } of outcomes) {
    rows.push([name, String(rounds), slowest.toFixed(0), (memory / 1048576).toFixed(0), String(findings.length)])
    for (const { what, path, text, error } of findings) {
      failed = true
      console.log(`${name} ${what}, round seed ${seed}: ${JSON.stringify(text.slice(0, 300))} (${path})`)
      if (error !== undefined) console.log(error)
    }
  }
}
console.log(columns(rows))
process.exitCode = failed ? 1 : 0
