import type { LogEvent } from "../../src/exhibits/exhibits.ts"
import { diagnoseModsecurity } from "../../src/servers/modsecurity/diagnose.ts"
import type { WafFinding, WafFix } from "../../src/servers/modsecurity/finding.ts"
import { Random } from "../random.fixture.ts"
import { type Drawn, drawCase } from "./modsecurity-cases.fixture.ts"
import { type Exchange, ModSecurityServer, type Strictness, setup } from "./modsecurity-server.fixture.ts"

/** What a run of generated cases came to. */
export interface ModsecurityRun {
  /** Cases the real server refused and that were diagnosed. */
  readonly refused: number
  /** Cases that no rule refused; they say nothing. */
  readonly passed: number
  /** Requests beside the cases whose fate was predicted and compared. */
  readonly probes: number
  /** By kind of fix that was applied. */
  readonly byCode: ReadonlyMap<string, number>
  readonly disagreements: readonly string[]
}

export interface ModsecurityOptions {
  readonly cases: number
  readonly seed: number
  progress?(done: number, of: number): void
}

/** What the server answers to all that the rules let through. */
const PASSED = 204

/** Cases judged by one server; each has a path of its own, so that exclusions do not meet. */
const BATCH = 25

/**
 * Sends generated requests to the real server, diagnoses each refusal from the error log alone, applies what was written out,
 * and asks the server again: the request must pass, and of all others just those that were said to.
 */
export async function modsecurityDifferential({ cases, seed, progress }: ModsecurityOptions): Promise<ModsecurityRun> {
  const random = new Random(seed)
  const total: Total = { refused: 0, passed: 0, probes: 0, byCode: new Map(), disagreements: [], written: [] }
  for (let done = 0; done < cases; done += BATCH) {
    const drawn = Array.from({ length: Math.min(BATCH, cases - done) }, (_, at) => drawCase(random, done + at))
    await runBatch(drawn, { strictness: strictnessOf(random), random }, total)
    progress?.(Math.min(cases, done + BATCH), cases)
  }
  return total
}

function strictnessOf(random: Random): Strictness {
  return { threshold: random.of([5, 5, 7, 10]), level: random.of([1, 1, 2, 3]), critical: random.of([5, 5, 6]) }
}

interface Total {
  refused: number
  passed: number
  probes: number
  readonly byCode: Map<string, number>
  readonly disagreements: string[]
  /** Exclusions written before, so that the next takes another number. */
  readonly written: string[]
}

interface Sent extends Drawn {
  readonly probesBefore: readonly Exchange[]
  readonly before: Exchange
}

interface Chance {
  readonly strictness: Strictness
  readonly random: Random
}

async function runBatch(drawn: readonly Drawn[], chance: Chance, total: Total): Promise<void> {
  const server = new ModSecurityServer(chance.strictness)
  try {
    await server.start()
    const sent: Sent[] = []
    for (const it of drawn) {
      const probesBefore = await inTurn(it.probes, (probe) => server.send(probe.wire))
      sent.push({ ...it, probesBefore, before: await server.send(it.wire) })
    }
    const lines = linesById(server.errorLines())
    const applied = sent.flatMap((it) => diagnosed(it, lines, chance, total))
    server.exclude(
      applied.flatMap(({ fix }) => (fix.file?.startsWith("RESPONSE") === true ? [] : (fix.written ?? []))).join("\n"),
      applied.flatMap(({ fix }) => (fix.file?.startsWith("RESPONSE") === true ? (fix.written ?? []) : [])).join("\n"),
    )
    await server.restart()
    for (const it of applied) await compare(it, server, total)
  } finally {
    await server.stop()
  }
}

interface Applied {
  readonly sent: Sent
  readonly fix: WafFix
  /** Whom it admits was said of requests known in full; otherwise some may be named that stay refused. */
  readonly isExact: boolean
}

/** What the engine wrote of each request, by its id. */
function linesById(all: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const byId = new Map<string, string[]>()
  for (const line of all) {
    const id = /\[unique_id "([^"]{1,64})"\]/.exec(line)?.[1]
    if (id === undefined) continue
    const known = byId.get(id)
    if (known === undefined) byId.set(id, [line])
    else known.push(line)
  }
  return byId
}

function diagnosed(
  sent: Sent,
  lines: ReadonlyMap<string, readonly string[]>,
  { strictness, random }: Chance,
  total: Total,
): readonly Applied[] {
  if (sent.before.status !== 403) {
    total.passed++
    return []
  }
  total.refused++
  // The probes' lines stand before the request's own, as they do in a log.
  const requests = [...sent.probes.map((it, at) => ({ ...it, ...sent.probesBefore[at] })), { ...sent, ...sent.before }]
  const events = requests.flatMap((it) => (lines.get(it.uniqueId ?? "") ?? []).map((line) => ({ line, it })))
  const own = events.map(({ line }) => line)
  const isRequestGiven = random.of([true, true, false])
  const [finding] = diagnoseModsecurity({
    events: events.map(({ line, it: { method, target } }, at) =>
      eventOf(line, at, isRequestGiven ? { method, target } : {}),
    ),
    request: {
      ...(isRequestGiven ? { method: sent.method, target: sent.target } : {}),
      headers: new Map(),
      areHeadersComplete: false,
    },
    of: {
      symptom: [],
      request: [],
      headers: [],
      body: [],
      log: [],
      config: [setup(strictness), ...total.written].map((text, at) => ({
        part: "config",
        from: `config[${at}]`,
        text,
      })),
      files: [],
    },
  })
  const fault = finding === undefined ? "nothing was found" : faultIn(finding, own, strictness)
  const [best, ...more] = finding?.fixes.filter((it) => it.written !== undefined) ?? []
  // Each way told must work, and not the first alone.
  const fix = best === undefined ? undefined : random.of([best, best, ...more])
  if (fault !== undefined || finding === undefined || fix?.written === undefined) {
    total.disagreements.push(`${sent.name}: ${fault ?? "no fix was written"}`)
    return []
  }
  total.written.push(fix.written)
  total.byCode.set(finding.code, (total.byCode.get(finding.code) ?? 0) + 1)
  return [{ sent, fix, isExact: isRequestGiven && finding.score !== undefined }]
}

function faultIn(
  { score, evidence }: WafFinding,
  own: readonly string[],
  { threshold }: Strictness,
): string | undefined {
  for (const { from, quote } of evidence)
    if (own[Number(from.slice("error.log:".length)) - 1]?.includes(quote) !== true)
      return `${quote} does not stand in ${from}`
  if (score === undefined) return undefined
  if (score.stated !== score.counted) return `the lines add up to ${score.counted}, the server says ${score.stated}`
  return score.threshold === threshold ? undefined : `the threshold is ${threshold} and not ${score.threshold}`
}

/** As read from a log that also has the request line, such as nginx's. */
function eventOf(line: string, at: number, seen: Pick<LogEvent, "method" | "target">): LogEvent {
  const event: LogEvent = {
    from: `error.log:${at + 1}`,
    line,
    format: "modsecurity-2",
    ids: new Map(),
    codes: [],
    message: line,
  }
  return { ...event, ...seen }
}

async function compare({ sent, fix, isExact }: Applied, server: ModSecurityServer, total: Total): Promise<void> {
  const after = await server.send(sent.wire)
  if (after.status !== PASSED) total.disagreements.push(`${sent.name}: answered ${after.status} with\n${fix.written}`)
  for (const [at, probe] of sent.probes.entries()) {
    const before = sent.probesBefore[at]
    if (before === undefined) continue
    total.probes++
    const isAdmitted = fix.admitsSeen.some((it) => it.endsWith(`(${before.uniqueId})`))
    const { status } = await server.send(probe.wire)
    const isAsSaid = status === before.status ? !isAdmitted || !isExact : status === PASSED && isAdmitted
    if (!isAsSaid)
      total.disagreements.push(
        `${sent.name}, probe ${probe.name}: ${before.status} became ${status}, said to be admitted: ${isAdmitted}\n${fix.written}`,
      )
  }
}

async function inTurn<T, U>(all: readonly T[], does: (it: T) => Promise<U>): Promise<readonly U[]> {
  const done: U[] = []
  for (const it of all) done.push(await does(it))
  return done
}
