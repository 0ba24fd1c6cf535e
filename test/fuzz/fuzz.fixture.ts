import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inputOf } from "./input.fixture.ts"
import { PLANTED } from "./planted.fixture.ts"
import { alone, type Ended, session } from "./session.fixture.ts"
import { shrunk } from "./shrink.fixture.ts"
import { TARGETS } from "./targets.fixture.ts"
import type { Fault } from "./told.fixture.ts"

export interface Fuzzed {
  readonly name: string
  readonly rounds: number
  /** Milliseconds of processor time of the slowest round. */
  readonly slowest: number
  /** Most bytes the process held. */
  readonly memory: number
  readonly findings: readonly Finding[]
}

interface Finding {
  readonly what: Fault
  readonly round: number
  /** Holds the text, as small as it could be made; UTF-16, little endian, as some are no text in UTF-8. */
  readonly path: string
  readonly text: string
  readonly error?: string
}

interface FuzzOptions {
  readonly names: readonly string[]
  readonly seed: number
  /** For each parser. */
  readonly seconds: number
  /** Milliseconds without a step before a process is taken to hang; then the text is tried alone. */
  readonly patience?: number
  /** Milliseconds spent on making the text of a finding smaller. */
  readonly shrinking?: number
  readonly progress?: (name: string, round: number) => void
}

/** Of one parser and one kind; more are likely the same. */
const MOST_FINDINGS = 1

/** Fuzzes parsers one after the other, in a process of their own that is started again when one ends or hangs it. */
export async function fuzz(options: FuzzOptions): Promise<readonly Fuzzed[]> {
  const { patience = 10_000, shrinking = 30_000 } = options
  const folder = mkdtempSync(join(tmpdir(), "pinpoint-fuzz-"))
  const outcomes = new Map<string, Fuzzed>()
  const suspects: Ended["suspects"][number][] = []
  let names = options.names
  for (let first = 0; names.length > 0; ) {
    const ended = await session({ ...options, folder, first, names, patience })
    suspects.push(...ended.suspects)
    for (const it of ended.done) outcomes.set(it.name, { ...it, findings: [] })
    names = names.slice(ended.done.length)
    const [stopped] = names
    if (stopped === undefined) break
    first = 0
    if (ended.suspects.some((it) => it.what === "takes memory" && it.name === ended.done.at(-1)?.name)) continue
    suspects.push({ kind: "suspect", name: stopped, round: ended.round, what: ended.what })
    outcomes.set(stopped, { name: stopped, rounds: ended.round + 1, slowest: 0, memory: 0, findings: [] })
    const isEnough = suspects.filter((it) => it.name === stopped).length >= MOST_FINDINGS
    names = isEnough ? names.slice(1) : names
    first = isEnough ? 0 : ended.round + 1
  }
  const found = await confirmed(suspects, options.seed, { folder, patience, shrinking })
  if (found.size === 0) rmSync(folder, { recursive: true, force: true })
  return [...outcomes.values()].map((it) => ({ ...it, findings: found.get(it.name) ?? [] }))
}

interface Trying {
  readonly folder: string
  readonly patience: number
  readonly shrinking: number
}

/** Those that are so alone, too, made as small as they can be. */
async function confirmed(suspects: Ended["suspects"], seed: number, { folder, patience, shrinking }: Trying) {
  const found = new Map<string, Finding[]>()
  for (const { name, round, what } of suspects) {
    const known = found.get(name) ?? []
    const target = [...TARGETS, ...PLANTED].find((it) => it.name === name)
    if (target === undefined || known.filter((it) => it.what === what).length >= MOST_FINDINGS) continue
    const path = join(folder, `${name.replace(/\W+/g, "-")}-${round}`)
    const text = inputOf(target, seed, round)
    const tried = await alone(name, text, path, patience)
    // Memory that no single text takes has piled up over rounds, and that is as bad.
    if (tried.what !== what && what !== "takes memory") continue
    const isSame = async (shorter: string): Promise<boolean> =>
      (await alone(name, shorter, path, patience)).what === what
    const least = tried.what === what ? await shrunk(text, isSame, shrinking) : text
    writeFileSync(path, least, "utf16le")
    const { error } = what === "throws" ? await alone(name, least, path, patience) : {}
    known.push({ what, round, path, text: least, ...(error === undefined ? {} : { error }) })
    found.set(name, known)
  }
  return found
}
