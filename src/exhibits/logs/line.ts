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
import { withoutDocker, withoutPrefix } from "./prefix.ts"
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

/** Collectors' prefixes that may stand one before the other. */
const MOST_PREFIXES = 3

/** Reads one line of a log, whatever wrote it; formats that the person's own configuration declares are tried first. */
export function readLine(line: string, from: string, declared: readonly LineReader[] = []): LogEvent {
  const readers = [...declared, ...READERS]
  let bare = withoutDocker(line.length > MOST_LINE ? line.slice(0, MOST_LINE) : line)
  let time: number | undefined
  let reading = readBy(readers, bare)
  for (let count = 0; reading === undefined && count < MOST_PREFIXES; count++) {
    const rest = withoutPrefix(bare)
    if (rest === undefined) break
    bare = rest.line
    time = rest.time ?? time
    reading = readBy(readers, bare)
  }
  return { ...(time === undefined ? {} : { time }), ...(reading ?? readRule(bare) ?? readTextLine(bare)), from, line }
}

function readBy(readers: readonly LineReader[], line: string): LineReading | undefined {
  for (const read of readers) {
    const reading = read(line)
    if (reading !== undefined) return reading
  }
  return undefined
}

/** A rule's line alone, cut out of the log it stood in. */
function readRule(line: string): LineReading | undefined {
  const rule = modSecurity(line)
  if (rule === undefined) return undefined
  const { format, severity, client, ...said } = rule
  const from = client ?? /\[client (\S{1,100})\]/.exec(line)?.[1]
  return lineReading({ format, level: severity, ...said, ...(from === undefined ? {} : clientOf(from)), message: line })
}
