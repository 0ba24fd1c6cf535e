import { chmodSync, mkdtempSync, rmSync } from "node:fs"
import { HTTPD } from "./faults.httpd.fixture.ts"
import { NGINX } from "./faults.nginx.fixture.ts"
import { RELAYED } from "./faults.stack.fixture.ts"
import { type Trial, tryFault } from "./faults.trial.fixture.ts"
import { freePorts } from "./nginx.server.fixture.ts"

export interface FaultInjection {
  readonly planted: number
  readonly right: number
  readonly wrong: readonly (Trial & { readonly server: string; readonly seed: number })[]
  /** By kind of fault: how many there were, and of these how many each of the stricter readings holds for. */
  readonly kinds: ReadonlyMap<string, Readings>
}

export interface Readings {
  readonly planted: number
  readonly right: number
  /** The fault is what is told first. */
  readonly first: number
  /** Nothing changed that the remedy does not name. */
  readonly strict: number
  /** No other remedy opens only a part of what the first does. */
  readonly least: number
  /** All is as it was before the fault. */
  readonly restored: number
}

const STACKS = [NGINX, HTTPD] as const
/** Servers tried at a time. */
const LANES = 3

/** Plants faults in working sites, one in each, and mends each on the real server by what the diagnosis says first. */
export async function faultInjection({
  faults,
  seed,
  progress,
}: {
  readonly faults: number
  readonly seed: number
  readonly progress?: (done: number) => void
}): Promise<FaultInjection> {
  const trials: (Trial & { readonly server: string; readonly seed: number })[] = []
  let next = seed
  const lane = (): Promise<void> =>
    inFolder(async (folder, port, upstream) => {
      for (let own = next++; own < seed + faults; own = next++) {
        const stack = STACKS[own % STACKS.length] ?? NGINX
        const trial = await tryFault({ stack, folder, port, upstream }, Math.floor(own / STACKS.length))
        trials.push({ ...trial, server: stack.name, seed: own })
        progress?.(trials.length)
      }
    })
  await Promise.all(Array.from({ length: LANES }, lane))
  const wrong = trials.filter((it) => it.wrong.length > 0)
  return { planted: trials.length, right: trials.length - wrong.length, wrong, kinds: byKind(trials) }
}

function byKind(trials: readonly (Trial & { readonly server: string })[]): ReadonlyMap<string, Readings> {
  const groups = Map.groupBy(trials, ({ kind, server }) => `${server}: ${kind}`)
  const count = (of: readonly Trial[], has: (it: Trial) => boolean): number => of.filter(has).length
  return new Map(
    Array.from(groups, ([name, of]) => [
      name,
      {
        planted: of.length,
        right: count(of, (it) => it.wrong.length === 0),
        first: count(of, (it) => it.isFirst),
        strict: count(of, (it) => it.isStrict),
        least: count(of, (it) => it.isLeast),
        restored: count(of, (it) => it.isRestored),
      },
    ]),
  )
}

/** A folder the workers may enter, a port to listen on, and a program to pass requests on to. */
async function inFolder(work: (folder: string, port: number, upstream: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync("/tmp/pinpoint-faults-")
  chmodSync(folder, 0o755)
  const program = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => new Response("relayed", { status: RELAYED }),
  })
  try {
    await work(folder, freePorts().port, program.port ?? 0)
  } finally {
    await program.stop(true)
    rmSync(folder, { recursive: true, force: true })
  }
}
