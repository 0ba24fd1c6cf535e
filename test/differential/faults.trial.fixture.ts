import { existsSync, realpathSync } from "node:fs"
import type { Verdict } from "../../src/servers/judgement.ts"
import type { Remedy } from "../../src/servers/patch.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import { applyPatch } from "./faults.apply.fixture.ts"
import type { Kind, Planted } from "./faults.plant.fixture.ts"
import { oneOf } from "./faults.plant.fixture.ts"
import { type Line, type Place, type Site, write } from "./faults.site.fixture.ts"
import type { Judge, Stack } from "./faults.stack.fixture.ts"
import { sendAll } from "./nginx.client.fixture.ts"
import { Random } from "./nginx.random.fixture.ts"

/** One fault, planted, diagnosed and mended. */
export interface Trial {
  readonly kind: string
  readonly code: string
  /** What was wrong about it; empty where all was right. */
  readonly wrong: readonly string[]
  /** The planted line or directory is the first that is told, not only one of them. */
  readonly isFirst: boolean
  /** Nothing but what the remedy names changed. */
  readonly isStrict: boolean
  /** Every request of the probe set is answered as before the fault. */
  readonly isRestored: boolean
  /** What there is to see it again. */
  readonly seen: unknown
}

export interface Where {
  readonly stack: Stack
  readonly folder: string
  readonly port: number
  readonly upstream: number
}

const TRIES = 60

/** Draws a working site, plants one fault that is seen, and mends it on the real server. */
export async function tryFault(where: Where, seed: number): Promise<Trial> {
  const { kinds } = where.stack
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const own = seed * TRIES + attempt
    // A kind that this many sites had no place for gives way to another.
    const [first] = kinds
    const kind = kinds[(seed + Math.floor(attempt / 12)) % kinds.length] ?? first
    if (kind === undefined) break
    if (!isSeen(where, own, kind)) continue
    return trial(where, own, kind)
  }
  throw new Error(`${where.stack.name}: no fault of seed ${seed} is seen by any request`)
}

function planted(where: Where, seed: number) {
  const random = new Random(seed)
  const site = where.stack.draw(random, where.folder, where.port, where.upstream)
  write(site, where.stack.braces)
  return { random, site, working: where.stack.judge(site) }
}

/** Whether any request that came through is refused with 403 then, as far as the judge knows. */
function isSeen(where: Where, seed: number, kind: Kind): boolean {
  const { random, site, working } = planted(where, seed)
  // The judge looks at files when it is asked, so that it has to be asked before they change.
  const good = site.probes.filter((it) => isGood(working.status(it)))
  if (kind.plant(random, site) === undefined) return false
  write(site, where.stack.braces)
  const faulty = where.stack.judge(site)
  return good.some((it) => faulty.status(it) === 403)
}

/** The decision, whatever the answer: let in, or not. */
const isOpen = (status = 0): boolean => status >= 200 && status < 400

const isGood = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300

async function trial(where: Where, seed: number, kind: Kind): Promise<Trial> {
  const { random, site, working } = planted(where, seed)
  const wrong: string[] = []
  const before = await asked(where, site)
  wrong.push(...differences("the working site", site, working, before))
  const fault = kind.plant(random, site)
  const places = write(site, where.stack.braces)
  const faulty = where.stack.judge(site)
  const broken = await asked(where, site)
  wrong.push(...differences("the faulty site", site, faulty, broken))
  const victim = oneOf(
    random,
    site.probes.flatMap((request, at) => (isGood(before[at]) && broken[at] === 403 ? [{ request, at }] : [])),
  )
  const verdict = victim === undefined ? undefined : faulty.explain(victim.request)
  const [remedy] = verdict?.remedies ?? []
  const told = {
    seed,
    kind: kind.name,
    request: victim?.request,
    planted: named(fault, places),
    verdict: shown(verdict),
  }
  const none = {
    kind: kind.name,
    code: verdict?.code ?? "none",
    isFirst: false,
    isStrict: false,
    isRestored: false,
    seen: told,
  }
  if (victim === undefined || fault === undefined || verdict === undefined) {
    return { ...none, wrong: [...wrong, "no request was refused"] }
  }
  const isFirst = names(verdict.evidence.slice(0, 1), fault, places)
  if (!names(verdict.evidence, fault, places)) wrong.push("the fault is not named")
  if (verdict.status !== 403) wrong.push(`the verdict is ${verdict.status}`)
  if (remedy === undefined) return { ...none, isFirst, wrong: [...wrong, "nothing is proposed"] }
  const foretold = faulty.patched(remedy.patches)
  for (const it of remedy.patches) applyPatch(it)
  const after = await asked(where, site)
  wrong.push(
    ...(foretold === undefined ? ["its patches do not fit"] : differences("the mended site", site, foretold, after)),
  )
  if (!isGood(after[victim.at])) wrong.push(`the request is answered with ${after[victim.at]}`)
  const admitted = admittedBy(remedy, faulty, victim.request)
  let isStrict = true
  for (const [at, probe] of site.probes.entries()) {
    if (at === victim.at || after[at] === broken[at] || keyOf(probe) === keyOf(victim.request)) continue
    if (!admitted.has(keyOf(probe))) isStrict = false
    // A decision that is again what it was when all worked is the fault undone; any other was made by the remedy.
    if (isOpen(after[at]) !== isOpen(broken[at]) && isOpen(after[at]) !== isOpen(before[at]))
      wrong.push(`${short(probe)} went from ${before[at]} by ${broken[at]} to ${after[at]}`)
  }
  const isRestored = site.probes.every((_, at) => after[at] === before[at])
  return { kind: kind.name, code: verdict.code, wrong, isFirst, isStrict, isRestored, seen: told }
}

/** What the real server answers to each request of the probe set. */
async function asked({ stack }: Where, site: Site): Promise<readonly number[]> {
  const server = await stack.start(site)
  try {
    return await sendAll(site.probes)
  } finally {
    await server.stop()
  }
}

function differences(what: string, { probes }: Site, judge: Judge, real: readonly number[]): readonly string[] {
  return probes.flatMap((it, at) => {
    const status = judge.status(it)
    return status === real[at] ? [] : [`${what}: ${short(it)} is ${real[at]}, not ${status ?? "known"}`]
  })
}

const short = ({ client, headers, host, method, target }: ServerRequest): string =>
  `${method} ${host}${target} from ${client} ${headers
    .filter(([name]) => !["Host", "Connection", "Content-Length"].includes(name))
    .map((it) => it.join(": "))
    .join(", ")}`

/** Whether one of the places told is what was planted; a file may be told by a link that leads to it. */
function names(
  evidence: readonly Verdict["evidence"][number][],
  { lines, path }: Planted,
  places: ReadonlyMap<Line, Place>,
): boolean {
  return evidence.some(({ at }) => {
    const file = existsSync(at.file) ? realpathSync(at.file) : at.file
    return file === path || lines.some((it) => places.get(it)?.file === file && places.get(it)?.line === at.line)
  })
}

const named = (fault: Planted | undefined, places: ReadonlyMap<Line, Place>) =>
  fault === undefined
    ? []
    : [
        ...fault.lines.map((it) => ({ text: it.text, ...places.get(it) })),
        ...(fault.path === undefined ? [] : [fault.path]),
      ]

const shown = (verdict: Verdict | undefined) =>
  verdict && {
    code: verdict.code,
    evidence: verdict.evidence.map(({ at, quote, says }) => `${at.file}:${at.line} ${quote} (${says})`),
    remedies: verdict.remedies.map(
      ({ admits, does }) => `${does} [${admits.length}: ${admits.slice(0, 5).join(", ")}]`,
    ),
  }

/** Neighbours the remedy says it lets in. */
function admittedBy({ admits }: Remedy, judge: Judge, request: ServerRequest): ReadonlySet<string> {
  const told = new Set(admits)
  return new Set(judge.neighbours(request).flatMap((it) => (told.has(it.name) ? [keyOf(it.request)] : [])))
}

const keyOf = ({ client, headers, host, method, target }: ServerRequest): string =>
  JSON.stringify([
    method,
    target,
    host,
    client,
    headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort(),
  ])
