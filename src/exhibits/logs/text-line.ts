import type { LogFormat } from "../exhibits.ts"
import { type LineReading, lineReading } from "./reading.ts"
import { timeOf } from "./time.ts"

const REQUEST = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) ((?:https?:\/\/|\/)[^\s"'<>]{0,8192})/g
const STATUS: readonly RegExp[] = [
  /\b(?:status(?:[ _-]?code)?|statusCode|responded with|response code|returned|returning|code)["']?\s{0,3}[:=]?\s{0,3}["']?([1-5]\d\d)\b/gi,
  /\bHTTP(?:\/\d(?:\.\d)?)?"? {0,2}(?:error |status )?([1-5]\d\d)\b/gi,
  /\b(?:error|failed with|got)[ :]{1,3}([45]\d\d)\b/gi,
  /\b(401|403|404|407|421|429|451|50[0-4])\b[ :-]{1,3}(?:Client Error|Forbidden|Unauthorized|Not Found|Too Many|Bad Gateway|Service Unavailable)/gi,
]
const CLIENT = /\b(?:client|remote|from|ip|addr|address|peer)[ :=]{1,3}"?\[?((?:\d{1,3}\.){3}\d{1,3})\b/gi
/** At the line's beginning, behind a time, in brackets or named so; in a sentence it is a word like others. */
const LEVEL =
  /(?:^|\blevel["']?[=:]\s?["']?|\[|^[\d\sTZ:.,+/-]{8,40})(trace|debug|info|warn|warning|error|fatal|critical)(?=[\]:"'|]|\s{1,4}[^\s\w]|\s*$)|\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b|\blevel=(\w{1,10})/
const ID = /\b(unique_id|request[_-]?id|req[_-]?id|trace[_-]?id)["']?\s?[:=]\s?["']?([A-Za-z0-9_-]{6,64})\b/i
const KUBERNETES = /\bis forbidden: User \\{0,3}"|^Error from server \(|\bcannot \w{1,30} resource \\{0,3}"/

/** A line of no known form: what is said just once in it, and nothing that could mean something else. */
export function readTextLine(line: string): LineReading {
  const requests = [...line.matchAll(REQUEST)]
  const [only] = requests
  const said = requests.length === 1 ? only : undefined
  const id = ID.exec(line)
  const time = /^\[?(\d{4}[-/]\d\d[-/]\d\d[T ][\d:.,]{8,20}(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)/.exec(line)?.[1]
  const code = /^(AH\d{5}): /.exec(line)?.[1]
  const format: LogFormat = code !== undefined ? "httpd-error" : KUBERNETES.test(line) ? "kubernetes" : "text"
  return lineReading({
    format,
    time: time === undefined ? undefined : timeOf(time),
    level: LEVEL.exec(line.slice(0, 200))
      ?.slice(1)
      .find((it) => it !== undefined),
    client: onlyOne(line.matchAll(CLIENT)),
    method: said?.[1],
    target: said?.[2]?.replace(/[.,;:)\]]{1,4}$/, ""),
    status: statusIn(line),
    ids: new Map(id === null ? [] : [[idName(id[1] ?? ""), id[2] ?? ""]]),
    codes: code === undefined ? [] : [code],
    message: line,
  })
}

function statusIn(line: string): number | undefined {
  const found = onlyOne(STATUS.flatMap((form) => [...line.matchAll(form)]))
  return found === undefined ? undefined : Number(found)
}

/** The first group, where all matches say the same. */
function onlyOne(matches: Iterable<RegExpMatchArray>): string | undefined {
  const said = new Set(Array.from(matches, ([, it]) => it ?? ""))
  return said.size === 1 ? [...said][0] : undefined
}

function idName(text: string): string {
  const name = text.toLowerCase().replaceAll("-", "_")
  if (name === "unique_id") return name
  return name.startsWith("trace") ? "trace" : "request_id"
}
