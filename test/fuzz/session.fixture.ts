import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Fault, READY, type Told, type Tried } from "./told.fixture.ts"

/** A parser may take this many milliseconds for one text. */
const MOST_TIME = 1000
/** Bytes a process may take for one text alone, the whole of it loaded. */
const MOST_MEMORY = 400 * 1024 * 1024

export interface Session {
  readonly folder: string
  readonly seed: number
  /** For each parser. */
  readonly seconds: number
  /** The round the first of them begins with. */
  readonly first: number
  readonly names: readonly string[]
  /** Milliseconds without a step before the process is taken to hang. */
  readonly patience: number
  readonly progress?: (name: string, round: number) => void
}

export interface Ended {
  readonly done: readonly Extract<Told, { kind: "done" }>[]
  readonly suspects: readonly Extract<Told, { kind: "suspect" }>[]
  /** Where it stood, and why it ended, if it ended too early. */
  readonly round: number
  readonly what: Fault
}

const CHILD = Bun.fileURLToPath(import.meta.resolve("./child.fixture.ts"))

/** The collector sizes its heap by the machine's memory: bounded as `./pinpoint` is. */
const OPTIONS = {
  stdout: "pipe",
  stderr: "pipe",
  env: { ...process.env, BUN_JSC_forceRAMSize: "134217728" },
} as const

/** One process, until it has been through all parsers, or ends, or hangs. */
export async function session({ folder, seed, seconds, first, names, patience, progress }: Session): Promise<Ended> {
  const state = join(folder, "state")
  writeFileSync(state, new Uint8Array(16))
  const args = ["run", state, String(seed), String(seconds), String(first), ...names]
  const child = Bun.spawn([process.execPath, CHILD, ...args], OPTIONS)
  let stood = ""
  let since = performance.now()
  let hangs = false
  const watch = setInterval(() => {
    const { index, round } = placeIn(state)
    progress?.(names[index] ?? "", round)
    const now = `${index} ${round}`
    if (now !== stood) {
      stood = now
      since = performance.now()
    } else if (performance.now() - since > patience) {
      hangs = true
      child.kill("SIGKILL")
    }
  }, 100)
  const out = await outOf(child)
  clearInterval(watch)
  const told = out.split("\n").flatMap((it): Told[] => (it.endsWith("}") ? [JSON.parse(it)] : []))
  return {
    done: told.flatMap((it) => (it.kind === "done" ? [it] : [])),
    suspects: told.flatMap((it) => (it.kind === "suspect" ? [it] : [])),
    round: placeIn(state).round,
    what: hangs ? "hangs" : "ends the process",
  }
}

/** What it wrote, when it has ended; one that could not even be loaded is no finding. */
async function outOf(child: Bun.Subprocess<"ignore", "pipe", "pipe">): Promise<string> {
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited])
  if (!out.startsWith(`${READY}\n`) && child.signalCode === null)
    throw new Error(`The parsers cannot be loaded:\n${err}`)
  return out.slice(READY.length + 1)
}

function placeIn(state: string): { readonly index: number; readonly round: number } {
  const [index = 0, round = 0] = new Float64Array(new Uint8Array(readFileSync(state)).buffer)
  return { index, round }
}

interface Alone {
  readonly what?: Fault
  readonly error?: string
}

/** The parser with one text in a process of its own, up to three times: what a busy machine does it does not do each time. */
export async function alone(name: string, text: string, path: string, patience: number): Promise<Alone> {
  writeFileSync(path, text, "utf16le")
  for (let again = 0; again < 3; again++) {
    const child = Bun.spawn([process.execPath, CHILD, "once", name, path], {
      ...OPTIONS,
      timeout: patience,
      killSignal: "SIGKILL",
    })
    const out = await outOf(child)
    if (out === "" && child.signalCode !== "SIGKILL") return { what: "ends the process" }
    if (out === "") continue
    const { milliseconds, memory, error }: Tried & { readonly memory: number } = JSON.parse(out)
    if (error !== undefined) return { what: "throws", error }
    if (memory > MOST_MEMORY) return { what: "takes memory" }
    if (milliseconds <= MOST_TIME) return {}
  }
  return { what: "hangs" }
}
