import { optional, type WafMessage } from "./message.ts"
import { roleOf } from "./roles.ts"
import type { Saying } from "./sayings.ts"
import { type Score, scoreIn } from "./score.ts"
import type { Settings } from "./settings.ts"

/** All that rules said about one request. */
export interface Transaction {
  readonly uniqueId?: string
  readonly client?: string
  readonly host?: string
  /** As the engine knows it: decoded, without query. */
  readonly uri?: string
  readonly method?: string
  /** As sent, with query. */
  readonly target?: string
  readonly engine?: WafMessage["engine"]
  readonly sayings: readonly Saying[]
  /** What refused it; absent where no line says so. */
  readonly blocking?: Saying
  /** Absent where no rule of the Core Rule Set spoke. */
  readonly score?: Score
}

/** Requests follow one another; lines of one without an id are written within this. */
const WINDOW_MS = 2_000
/** Most requests told apart; a log of more is read to its end and its oldest requests are let go. */
const MOST = 10_000

/** Messages by request, in the order of their first lines. */
export function transactionsIn(sayings: readonly Saying[], settings: Settings): readonly Transaction[] {
  const groups = new Map<string, Saying[]>()
  const latest = new Map<
    string,
    { readonly key: string; readonly time: number | undefined; readonly isOver: boolean }
  >()
  for (const it of sayings) {
    const key = it.message.uniqueId ?? anonymousKey(it, latest, groups.size)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [it])
    else group.push(it)
    const [oldest] = groups.keys()
    if (groups.size > MOST && oldest !== undefined) groups.delete(oldest)
  }
  return [...groups.values()].map((it) => transactionOf(it, settings))
}

/** Without an id: by client and place, until it was refused or there is a pause. */
function anonymousKey(
  { message, time }: Saying,
  latest: Map<string, { readonly key: string; readonly time: number | undefined; readonly isOver: boolean }>,
  count: number,
): string {
  const place = `${message.client ?? ""} ${message.uri ?? ""}`
  const last = latest.get(place)
  const isPaused = last?.time !== undefined && time !== undefined && Math.abs(time - last.time) > WINDOW_MS
  const goesOn = last !== undefined && !isPaused && (!last.isOver || roleOf(message).kind === "reports")
  const key = goesOn ? last.key : `${place} ${count}`
  latest.set(place, { key, time, isOver: message.action === "denied" || (goesOn && last.isOver) })
  return key
}

function transactionOf(all: readonly Saying[], settings: Settings): Transaction {
  const sayings = onceTold(all)
  const blocking = blockingIn(sayings)
  const known = <K extends string, T>(key: K, of: (it: Saying) => T | undefined) => optional(key, firstSaid(all, of))
  return {
    ...known("uniqueId", ({ message }) => message.uniqueId),
    ...known("client", ({ message }) => message.client),
    ...known("host", ({ message }) => message.host),
    ...known("uri", ({ message }) => message.uri),
    ...known("method", (it) => it.method ?? methodIn(it)),
    ...known("target", (it) => it.target),
    ...known("engine", ({ message }) => message.engine),
    sayings,
    ...optional("blocking", blocking),
    ...optional("score", scoreIn(sayings, blocking, settings)),
  }
}

function firstSaid<T>(all: readonly Saying[], of: (it: Saying) => T | undefined): T | undefined {
  for (const it of all) {
    const found = of(it)
    if (found !== undefined) return found
  }
  return undefined
}

/** What rule 911100 objects to is the method, also in logs that do not say it otherwise. */
function methodIn({ message: { id, data } }: Saying): string | undefined {
  return id === 911100 && data !== undefined && /^[A-Z]{1,32}$/.test(data) ? data : undefined
}

/** Where error log and audit log were both given, the one that tells more; and no line twice. */
function onceTold(all: readonly Saying[]): readonly Saying[] {
  const logged = distinct(all.filter((it) => !it.isAudit))
  const audited = distinct(all.filter((it) => it.isAudit))
  return audited.length > logged.length ? audited : logged
}

function distinct(all: readonly Saying[]): readonly Saying[] {
  const seen = new Set<string>()
  return all.filter(({ text, message, isAudit, time }) => {
    // An audit log has no time in its lines, and a rule that matched twice wrote two lines alike.
    if (isAudit || time === undefined) return true
    const key = `${message.id} ${text}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** What says that it denied; else what would have, in engines that do not say so in this format. */
function blockingIn(sayings: readonly Saying[]): Saying | undefined {
  const denied = sayings.find((it) => it.message.action === "denied")
  if (denied !== undefined) return denied
  return sayings.find((it) => it.message.action === "unsaid" && roleOf(it.message).kind === "evaluates")
}
