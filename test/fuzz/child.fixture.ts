// A process of its own for parsers under fuzzing, which may end or hang it.
// `child.fixture.ts run STATE SEED SECONDS FIRST NAME…` runs one after the other, from round FIRST of the first;
// `child.fixture.ts once NAME FILE` gives one parser one text, and prints what came of it.
import { openSync, readFileSync, writeSync } from "node:fs"
import { inputOf } from "./input.fixture.ts"
import { PLANTED } from "./planted.fixture.ts"
import { TARGETS, type Target } from "./targets.fixture.ts"
import { READY, type Told, type Tried } from "./told.fixture.ts"

/** Milliseconds of processor time after which a text is looked at again, alone. */
const SLOW = 900
/** Bytes this process may take, whatever one text of at most 64 KiB asks for. */
const MOST_MEMORY = 700 * 1024 * 1024

const [mode, ...args] = Bun.argv.slice(2)

function named(name: string): Target {
  const found = [...TARGETS, ...PLANTED].find((it) => it.name === name)
  if (found === undefined) throw new Error(`no parser is called ${name}`)
  return found
}

/** Processor time of this process, so that a busy machine adds nothing. */
const spent = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function tried({ parse }: Target, text: string): Promise<Tried> {
  const before = spent()
  try {
    await parse(text)
    return { milliseconds: spent() - before }
  } catch (error) {
    return {
      milliseconds: spent() - before,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

const tell = (it: Told): void => void process.stdout.write(`${JSON.stringify(it)}\n`)

async function run(
  state: string,
  seed: number,
  seconds: number,
  first: number,
  names: readonly string[],
): Promise<void> {
  const file = openSync(state, "w")
  const place = new Float64Array(2)
  for (const [index, name] of names.entries()) {
    const target = named(name)
    const end = performance.now() + seconds * 1000
    let slowest = 0
    let memory = 0
    let round = index === 0 ? first : 0
    for (; performance.now() < end; round++) {
      const text = inputOf(target, seed, round)
      place[0] = index
      place[1] = round
      writeSync(file, new Uint8Array(place.buffer), 0, 16, 0)
      const { milliseconds, error } = await tried(target, text)
      slowest = Math.max(slowest, milliseconds)
      if (error !== undefined) tell({ kind: "suspect", name, round, what: "throws" })
      else if (milliseconds > SLOW) tell({ kind: "suspect", name, round, what: "hangs" })
      if (round % 16 !== 0 && milliseconds < 50) continue
      memory = Math.max(memory, process.memoryUsage.rss())
      if (memory <= MOST_MEMORY) continue
      tell({ kind: "suspect", name, round, what: "takes memory" })
      break
    }
    tell({ kind: "done", name, rounds: round, slowest, memory })
    // What is held would be told of the next ones; a new process goes on.
    if (memory > MOST_MEMORY) return
  }
}

// Said when all is loaded: what ends before that says nothing of a parser.
process.stdout.write(`${READY}\n`)
if (mode === "run") {
  const [state = "", seed, seconds, first, ...names] = args
  await run(state, Number(seed), Number(seconds), Number(first), names)
} else {
  const [name = "", path = ""] = args
  const outcome = await tried(named(name), readFileSync(path, "utf16le"))
  process.stdout.write(JSON.stringify({ ...outcome, memory: process.resourceUsage().maxRSS * 1024 }))
}
