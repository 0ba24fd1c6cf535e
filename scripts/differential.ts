// `npm run differential [-- --tuples N --seed N --only nginx,httpd,files,modsecurity,faults]`: what the judges predict beside what the
// real servers and the kernel do. Prints progress and every disagreement; exits with 1 for any. Needs root, and the servers.
import { parseArgs } from "node:util"
import { columns } from "../src/cli/style.ts"
import { faultInjection } from "../test/differential/faults.fixture.ts"
import { kernelDifferential } from "../test/differential/files.fixture.ts"
import { httpdDifferential } from "../test/differential/httpd.fixture.ts"
import { modsecurityDifferential } from "../test/differential/modsecurity.fixture.ts"
import { nginxDifferential } from "../test/differential/nginx.fixture.ts"

const { values } = parseArgs({
  args: Bun.argv.slice(2),
  options: { tuples: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)

interface Outcome {
  readonly compared: number
  /** Of those: the judge said that it does not know. */
  readonly unknown?: number
  readonly disagreements: readonly unknown[]
}
type Progress = (done: number) => void

const RUNS: Readonly<
  Record<string, { readonly usual: number; run(count: number, progress: Progress): Promise<Outcome> }>
> = {
  nginx: {
    usual: 20_000,
    run: async (tuples, progress) => {
      const { unknown, disagreements, ...told } = await nginxDifferential({ tuples, seed, progress })
      return { compared: told.tuples, unknown, disagreements }
    },
  },
  httpd: {
    usual: 20_000,
    run: async (tuples, progress) => {
      const { unknown, disagreements, ...told } = await httpdDifferential({ tuples, seed, progress })
      return { compared: told.tuples, unknown, disagreements }
    },
  },
  files: {
    usual: 10_000,
    run: async (cases, progress) => {
      const { disagreements, ...told } = await kernelDifferential({ cases, seed, progress })
      return { compared: told.cases, disagreements }
    },
  },
  modsecurity: {
    usual: 1000,
    run: async (cases, progress) => {
      const { disagreements, refused, probes } = await modsecurityDifferential({ cases, seed, progress })
      return { compared: refused + probes, disagreements }
    },
  },
  faults: {
    usual: 500,
    run: async (faults, progress) => {
      const { planted, wrong, kinds } = await faultInjection({ faults, seed, progress })
      const counted = Array.from(kinds, ([kind, it]) => [kind, ...Object.values(it).map(String)]).sort()
      console.log(columns([["fault", "planted", "right", "told first", "all named", "least", "as before"], ...counted]))
      return { compared: planted, disagreements: wrong }
    },
  },
}

const wanted = values.only?.split(",") ?? Object.keys(RUNS)
const rows: string[][] = [["peer", "compared", "unknown", "disagreements", "seconds"]]
let failed = false
console.log(`seed ${seed}`)
for (const name of wanted) {
  const chosen = RUNS[name]
  if (chosen === undefined) throw new Error(`--only takes ${Object.keys(RUNS).join(", ")}, not "${name}"`)
  const count = Number(values.tuples ?? chosen.usual)
  const began = performance.now()
  const { compared, unknown, disagreements } = await chosen.run(count, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name} ${done} of ${count} `)
  })
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K")
  for (const it of disagreements)
    console.log(`${name} disagrees: ${typeof it === "string" ? it : JSON.stringify(it, null, 2)}`)
  if (disagreements.length > 0) failed = true
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  rows.push([name, `${compared}`, unknown === undefined ? "" : `${unknown}`, `${disagreements.length}`, seconds])
}
console.log(columns(rows))
process.exit(failed ? 1 : 0)
