import { BODIES } from "./bodies.ts"

/** What one process measures and prints: the time of one run, or the bytes it allocates. */
const [what, id = ""] = Bun.argv.slice(2)
const body = BODIES[id]
if (body === undefined) throw new Error(`nothing to measure is named ${id}`)
const run = body.make()
let last: unknown
const times = (count: number): void => {
  for (let i = 0; i < count; i++) last = run()
}
times(body.warm)

const figure = what === "bytes" ? bytes() : nanoseconds()
console.log(JSON.stringify({ figure, ran: last !== undefined }))

/** The fastest of many short rounds: what else runs on the machine can only slow a round down, and leaves some alone. */
function nanoseconds(): number {
  const runs = enough(2_000_000)
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 200; round++) {
    const before = Bun.nanoseconds()
    times(runs)
    best = Math.min(best, (Bun.nanoseconds() - before) / runs)
  }
  return best
}

/**
 * Growth of the resident set while nothing is collected: this must run with the collector off, as then what was allocated
 * stays, and what was not is not there. At least five million runs, unless those would not fit into memory.
 */
function bytes(): number {
  const before = process.memoryUsage.rss()
  times(2_000)
  const each = (process.memoryUsage.rss() - before) / 2_000
  const runs = each * 5_000_000 < 1_500_000_000 ? 5_000_000 : Math.floor(800_000_000 / each)
  const start = process.memoryUsage.rss()
  times(runs)
  return Math.max(0, process.memoryUsage.rss() - start) / runs
}

/** How many runs take about so many nanoseconds. */
function enough(duration: number): number {
  const before = Bun.nanoseconds()
  times(1_000)
  return Math.max(1_000, Math.floor((duration / Math.max(1, Bun.nanoseconds() - before)) * 1_000))
}
