import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inputOf } from "./input.fixture.ts"
import { PLANTED } from "./planted.fixture.ts"
import { shrunk } from "./shrink.fixture.ts"
import { TARGETS } from "./targets.fixture.ts"
import type { Fault, Told, Tried } from "./told.fixture.ts"

export interface Fuzzed {
  readonly name: string
  readonly rounds: number
  /** Milliseconds of processor time of the slowest round, with others or alone. */
  readonly slowest: number
  /** Most bytes the process held. */
  readonly memory: number
  readonly findings: readonly Finding[]
}

export interface Finding {
  readonly what: Fault
  readonly round: number
  /** Holds the text, as small as it could be made; UTF-16, little endian, as some are no text in UTF-8. */
  readonly path: string
  readonly text: string
  readonly error?: string
}

export interface FuzzOptions {
  readonly names: readonly string[]
  readonly seed: number
  /** For each parser. */
  readonly seconds: number
  readonly progress?: (name: string, round: number) => void
}

/** A parser may take this many milliseconds for one text. */
const MOST_TIME = 1000
/** Bytes a process may take for one text alone, the whole of it loaded. */
const MOST_MEMORY = 400 * 1024 * 1024
/** Milliseconds without a step before a process is taken to hang; then the text is tried alone. */
const PATIENCE = 10_000
/** Of one parser; more are likely the same. */
const MOST_FINDINGS = 3

const CHILD = Bun.fileURLToPath(import.meta.resolve("./child.fixture.ts"))

/** Fuzzes parsers one after the other, in a process of their own that is started again when one ends or hangs it. */
export async function fuzz({ names, seed, seconds, progress }: FuzzOptions): Promise<readonly Fuzzed[]> {
  const folder = mkdtempSync(join(tmpdir(), "pinpoint-fuzz-"))
  const outcomes = new Map<string, Fuzzed>()
  const suspects: Extract<Told, { kind: "suspect" }>[] = []
  let left = names
  for (let first = 0; left.length > 0; ) {
    const ended = await session({
      folder,
      seed,
      seconds,
      first,
      names: left,
      ...(progress === undefined ? {} : { progress }),
    })
    suspects.push(...ended.suspects)
    for (const it of ended.done) outcomes.set(it.name, { ...it, findings: [] })
    left = left.slice(ended.done.length)
    const [stopped] = left
    if (stopped === undefined) break
    suspects.push({ kind: "suspect", name: stopped, round: ended.round, what: ended.what })
    first = ended.round + 1
    const isTooOften = suspects.filter((it) => it.name === stopped).length >= MOST_FINDINGS
    outcomes.set(stopped, { name: stopped, rounds: first, slowest: 0, memory: 0, findings: [] })
    if (isTooOften) {
      left = left.slice(1)
      first = 0
    }
  }
  const found = await confirmed(suspects, seed, folder)
  if (found.size === 0) rmSync(folder, { recursive: true, force: true })
  return [...outcomes.values()].map((it) => ({ ...it, findings: found.get(it.name) ?? [] }))
}

interface Session {
  readonly folder: string
  readonly seed: number
  readonly seconds: number
  readonly first: number
  readonly names: readonly string[]
  readonly progress?: (name: string, round: number) => void
}

interface Ended {
  readonly done: readonly Extract<Told, { kind: "done" }>[]
  readonly suspects: readonly Extract<Told, { kind: "suspect" }>[]
  /** Where it stood, and why it ended, if it ended too early. */
  readonly round: number
  readonly what: Fault
}

/** One process, until it has been through all of them, or ends, or hangs. */
async function session({ folder, seed, seconds, first, names, progress }: Session): Promise<Ended> {
  const state = join(folder, "state")
  writeFileSync(state, new Uint8Array(16))
  const child = Bun.spawn(
    [process.execPath, CHILD, "run", state, String(seed), String(seconds), String(first), ...names],
    {
      stdout: "pipe",
      stderr: "ignore",
      env: LIMITED,
    },
  )
  let stood = -1
  let since = performance.now()
  let hangs = false
  const watch = setInterval(() => {
    const { index, round } = placeIn(state)
    progress?.(names[index] ?? "", round)
    const now = index * 1e9 + round
    if (now !== stood) {
      stood = now
      since = performance.now()
    } else if (performance.now() - since > PATIENCE) {
      hangs = true
      child.kill("SIGKILL")
    }
  }, 100)
  const out = await child.stdout.text()
  await child.exited
  clearInterval(watch)
  const told = out.split("\n").flatMap((it): Told[] => (it.endsWith("}") ? [JSON.parse(it)] : []))
  return {
    done: told.flatMap((it) => (it.kind === "done" ? [it] : [])),
    suspects: told.flatMap((it) => (it.kind === "suspect" ? [it] : [])),
    round: placeIn(state).round,
    what: hangs ? "hangs" : "ends the process",
  }
}

/** The collector sizes its heap by the machine's memory: as `./pinpoint` runs. */
const LIMITED = { ...process.env, BUN_JSC_forceRAMSize: "134217728" }

function placeIn(state: string): { readonly index: number; readonly round: number } {
  const [index = 0, round = 0] = new Float64Array(new Uint8Array(readFileSync(state)).buffer)
  return { index, round }
}

/** Those that are so alone, too, made as small as they can be. */
async function confirmed(suspects: Ended["suspects"], seed: number, folder: string): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>()
  for (const { name, round, what } of suspects) {
    const known = found.get(name) ?? []
    const target = [...TARGETS, ...PLANTED].find((it) => it.name === name)
    if (target === undefined || known.filter((it) => it.what === what).length >= MOST_FINDINGS) continue
    const path = join(folder, `${name.replace(/\W+/g, "-")}-${round}`)
    const text = inputOf(target, seed, round)
    const fails = async (of: string): Promise<boolean> => (await alone(name, of, path)).what === what
    const { error } = await alone(name, text, path)
    // Memory that no single text takes has piled up over rounds, and that is as bad.
    if (!(await fails(text)) && what !== "takes memory") continue
    const least = await shrunk(text, fails)
    writeFileSync(path, least, "utf16le")
    known.push({ what, round, path, text: least, ...(error === undefined ? {} : { error }) })
    found.set(name, known)
  }
  return found
}

/** The parser with one text in a process of its own, up to three times: what a busy machine does it does not do each time. */
async function alone(
  name: string,
  text: string,
  path: string,
): Promise<{ readonly what?: Fault; readonly error?: string }> {
  writeFileSync(path, text, "utf16le")
  let what: Fault | undefined
  for (let again = 0; again < 3; again++) {
    const child = Bun.spawn([process.execPath, CHILD, "once", name, path], {
      stdout: "pipe",
      stderr: "ignore",
      env: LIMITED,
      timeout: PATIENCE,
      killSignal: "SIGKILL",
    })
    const out = await child.stdout.text()
    await child.exited
    if (out === "") {
      what = child.signalCode === "SIGKILL" ? "hangs" : "ends the process"
      if (what === "hangs") continue
      return { what }
    }
    const { milliseconds, memory, error }: Tried & { readonly memory: number } = JSON.parse(out)
    if (error !== undefined) return { what: "throws", error }
    if (memory > MOST_MEMORY) return { what: "takes memory" }
    if (milliseconds <= MOST_TIME) return {}
    what = "hangs"
  }
  return what === undefined ? {} : { what }
}
