import type { LogEvent } from "../exhibits.ts"
import { MOST_LINE } from "../limits.ts"
import { readAccess } from "./access.ts"
import { readBalancer, readCloudFront } from "./amazon.ts"
import { readAudit } from "./audit.ts"
import { readEnvoy } from "./envoy.ts"
import { readHaproxy } from "./haproxy.ts"
import { readHttpdError } from "./httpd-error.ts"
import { readJsonLine } from "./json-line.ts"
import { modSecurity } from "./modsecurity.ts"
import { readNginxError } from "./nginx-error.ts"
import { bared } from "./prefix.ts"
import { clientOf, type LineReader, type LineReading, lineReading } from "./reading.ts"
import { readSquid } from "./squid.ts"
import { readTextLine } from "./text-line.ts"

/** The likeliest and the cheapest to rule out first; no line is of two forms. */
const READERS: readonly LineReader[] = [
  readNginxError,
  readHttpdError,
  readAccess,
  readEnvoy,
  readJsonLine,
  readHaproxy,
  readBalancer,
  readCloudFront,
  readSquid,
  readAudit,
]

/** Reads one line of a log, whatever wrote it; formats that the person's own configuration declares are tried first. */
export function readLine(line: string, from: string, declared: readonly LineReader[] = []): LogEvent {
  const cut = line.length > MOST_LINE ? line.slice(0, MOST_LINE) : line
  const { line: bare, time } = bared(cut, (it) => declared.some((read) => read(it) !== undefined) || isOwn(it))
  const reading = [...declared, ...READERS].reduce<LineReading | undefined>(
    (found, read) => found ?? read(bare),
    undefined,
  )
  const said = reading ?? readRule(bare) ?? readTextLine(bare)
  return { ...(time === undefined ? {} : { time }), ...said, from, line }
}

/** Whether a line that begins with a time or a word is a whole line of a known log and not one behind a prefix. */
const isOwn = (line: string): boolean =>
  readNginxError(line) !== undefined ||
  readBalancer(line) !== undefined ||
  readAccess(line) !== undefined ||
  line.startsWith("{")

/** A rule's line alone, cut out of the log it stood in. */
function readRule(line: string): LineReading | undefined {
  const rule = modSecurity(line)
  if (rule === undefined) return undefined
  const { format, severity, client, ...said } = rule
  const from = client ?? /\[client (\S{1,100})\]/.exec(line)?.[1]
  return lineReading({ format, level: severity, ...said, ...(from === undefined ? {} : clientOf(from)), message: line })
}
