import type { Exhibits, LogEvent } from "../exhibits/exhibits.ts"
import type { Sight, Test } from "./clue.ts"

/** Formats of lines in which a server or a firewall in it says why it refused. */
const TELLING: ReadonlySet<string> = new Set(["nginx-error", "httpd-error", "modsecurity-2", "modsecurity-3", "coraza"])
const MOST_COMPARED = 16
/** How far apart lines of one request may be, in milliseconds. */
const MOST_APART = 2000
/** All zones are whole quarters of an hour apart, and error logs do not tell theirs. */
const QUARTER = 900_000

/**
 * The line in which the server behind a proxy says itself that it refused the request the proxy relayed. Where it is
 * given, that the proxy relayed the refusal is no answer to why.
 */
export const refusedBehind: Test = {
  see({ events }: Exhibits): Sight | undefined {
    const relayed = events.filter(isRelayed).slice(-MOST_COMPARED)
    const told = events.find((it) => isRefusal(it) && relayed.some((other) => mayBeSame(it, other)))
    return told && { from: told.from, quote: told.line }
  },
}

/** Formats of people's own tell it by its name in nginx. */
const isRelayed = ({ upstreamStatus, line }: LogEvent): boolean =>
  upstreamStatus === 403 || /upstream_status[="': ]{1,4}403\b/i.test(line)

const isRefusal = ({ format, level }: LogEvent): boolean =>
  TELLING.has(format) && (level === undefined || /^(?:error|crit|critical|alert|emerg)/i.test(level))

function mayBeSame(a: LogEvent, b: LogEvent): boolean {
  if (a.target !== undefined && b.target !== undefined && pathOf(a.target) !== pathOf(b.target)) return false
  if (a.time === undefined || b.time === undefined) return true
  const apart = Math.abs(a.time - b.time) % QUARTER
  return Math.min(apart, QUARTER - apart) <= MOST_APART
}

const pathOf = (target: string): string => target.split("?", 1)[0] ?? target
