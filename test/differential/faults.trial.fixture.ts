import { existsSync, realpathSync } from "node:fs"
import type { ExplainedRefusal, PlacedProof } from "../../src/servers/judgement.ts"
import type { Remedy } from "../../src/servers/patch.ts"
import type { ServerRequest } from "../../src/servers/request.ts"
import { Random } from "../random.fixture.ts"
import { applyPatch } from "./faults.apply.fixture.ts"
import type { Kind, Planted } from "./faults.plant.fixture.ts"
import { oneOf } from "./faults.plant.fixture.ts"
import { type Line, type Place, type Site, write } from "./faults.site.fixture.ts"
import type { Judge, Stack } from "./faults.stack.fixture.ts"
import { sendAll } from "./nginx.client.fixture.ts"

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
  /** No other remedy that is proposed opens only a part of what this one does. */
  readonly isLeast: boolean
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
  const foreseen = site.probes.map((it) => working.status(it))
  const before = await asked(where, site)
  const faults = [...differences("the working site", site, foreseen, before)]
  const fault = kind.plant(random, site)
  const places = write(site, where.stack.braces)
  const faulty = where.stack.judge(site)
  const broken = await asked(where, site)
  faults.push(
    ...differences(
      "the faulty site",
      site,
      site.probes.map((it) => faulty.status(it)),
      broken,
    ),
  )
  const victim = oneOf(
    random,
    site.probes.flatMap((request, at) => (isGood(before[at]) && broken[at] === 403 ? [{ request, at }] : [])),
  )
  const verdict = victim === undefined ? undefined : faulty.explain(victim.request)
  const told = { kind: kind.name, code: verdict?.code ?? "none" }
  const seen = { seed, request: victim?.request, planted: named(fault, places), verdict: shown(verdict) }
  const [remedy] = verdict?.remedies ?? []
  if (victim === undefined || fault === undefined || verdict === undefined || remedy === undefined) {
    const wrong = [...faults, victim === undefined ? "no request was refused" : "nothing is proposed"]
    return { ...told, wrong, isFirst: false, isStrict: false, isLeast: false, isRestored: false, seen }
  }
  if (!names(verdict.evidence, fault, places)) faults.push("the fault is not named")
  if (verdict.status !== 403) faults.push(`the verdict is ${verdict.status}`)
  // All that is foretold is so before anything changes on disk.
  const mended = faulty.patched(remedy.patches)
  const foretold = mended === undefined ? undefined : site.probes.map((it) => mended.status(it))
  const isLeast = verdict.remedies.every((it) => !isPart(opened(site, faulty, it), opened(site, faulty, remedy)))
  for (const it of remedy.patches) applyPatch(it)
  const after = await asked(where, site)
  if (foretold === undefined) faults.push("its patches do not fit")
  else faults.push(...differences("the mended site", site, foretold, after))
  if (!isGood(after[victim.at])) faults.push(`the request is answered with ${after[victim.at]}`)
  const changes = site.probes.map((probe, at) => ({ probe, before: before[at], broken: broken[at], after: after[at] }))
  const others = changes.filter((it) => it.after !== it.broken && keyOf(it.probe) !== keyOf(victim.request))
  const admitted = admittedBy(remedy, faulty, victim.request)
  return {
    ...told,
    wrong: [
      ...faults,
      ...others.filter(isNew).map((it) => `${short(it.probe)}: ${it.before}, ${it.broken}, ${it.after}`),
    ],
    isFirst: names(verdict.evidence.slice(0, 1), fault, places),
    isStrict: others.every((it) => admitted.has(keyOf(it.probe))),
    isLeast,
    isRestored: changes.every((it) => it.after === it.before),
    seen,
  }
}

/** Requests of the probe set that come through with a remedy only. */
function opened({ probes }: Site, faulty: Judge, { patches }: Remedy): ReadonlySet<number> {
  const mended = faulty.patched(patches)
  const isOpened = (it: ServerRequest): boolean => !isOpen(faulty.status(it)) && isOpen(mended?.status(it))
  return new Set(probes.flatMap((it, at) => (isOpened(it) ? [at] : [])))
}

const isPart = (some: ReadonlySet<number>, all: ReadonlySet<number>): boolean =>
  some.size < all.size && [...some].every((it) => all.has(it))

/** What one request was answered: when all worked, with the fault, and mended. */
interface Answers {
  readonly before: number | undefined
  readonly broken: number | undefined
  readonly after: number | undefined
}

/** A decision that is again what it was when all worked is the fault undone; any other was made by the remedy. */
const isNew = ({ after, before, broken }: Answers): boolean =>
  isOpen(after) !== isOpen(broken) && isOpen(after) !== isOpen(before)

/** What the real server answers to each request of the probe set. */
async function asked({ stack }: Where, site: Site): Promise<readonly number[]> {
  const server = await stack.start(site)
  try {
    return await sendAll(site.probes)
  } finally {
    await server.stop()
  }
}

function differences(
  what: string,
  { probes }: Site,
  foreseen: readonly (number | undefined)[],
  real: readonly number[],
): readonly string[] {
  return probes.flatMap((it, at) =>
    foreseen[at] === real[at] ? [] : [`${what}: ${short(it)} is ${real[at]}, not ${foreseen[at] ?? "known"}`],
  )
}

const short = ({ client, headers, host, method, target }: ServerRequest): string =>
  `${method} ${host}${target} from ${client} ${headers
    .filter(([name]) => !["Host", "Connection", "Content-Length"].includes(name))
    .map((it) => it.join(": "))
    .join(", ")}`

/** Whether one of the places told is what was planted; a file may be told by a link that leads to it. */
function names(evidence: readonly PlacedProof[], { lines, path }: Planted, places: ReadonlyMap<Line, Place>): boolean {
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

const shown = (verdict: ExplainedRefusal | undefined) =>
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
