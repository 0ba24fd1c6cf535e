import type { LogFormat } from "../exhibits.ts"
import { clientOf, type LineDraft, type LineReader, lineReading, requestLineOf, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

/** A variable of the format, and the text that stands before it. */
interface Slot {
  readonly before: string
  readonly name: string
}

/** What an access log's format says. */
export interface AccessFormat {
  readonly slots: readonly Slot[]
  readonly after: string
}

const NGINX_VARIABLE = /\$(?:\{([a-z0-9_]{1,80})\}|([a-z0-9_]{1,80}))/gi
const HTTPD_VARIABLE = /%[!,0-9]{0,40}[<>]?(?:\{([^}]{1,200})\})?(\^?[A-Za-z]{1,2}|%)/g

/** The argument of nginx's `log_format`, its strings joined. */
export const nginxFormat = (text: string): AccessFormat =>
  slotsOf(text, NGINX_VARIABLE, ([, braced, plain]) => (braced ?? plain ?? "").toLowerCase())

/** The argument of httpd's `LogFormat` or `CustomLog`, without its quotation marks. */
export const httpdFormat = (text: string): AccessFormat =>
  slotsOf(text.replaceAll('\\"', '"').replaceAll("\\t", "\t"), HTTPD_VARIABLE, ([, inner, letter]) =>
    inner === undefined ? `%${letter}` : `%{${inner.toLowerCase()}}${letter}`,
  )

function slotsOf(text: string, form: RegExp, nameOf: (match: RegExpMatchArray) => string): AccessFormat {
  const slots: Slot[] = []
  let end = 0
  for (const match of text.matchAll(form)) {
    slots.push({ before: text.slice(end, match.index), name: nameOf(match) })
    end = match.index + match[0].length
  }
  return { slots, after: text.slice(end) }
}

/** A reader of lines written in this format. A value ends where the text before the next one begins. */
export function accessReader(format: LogFormat, { slots, after }: AccessFormat): LineReader {
  return (line) => {
    const values = new Map<string, string>()
    let at = 0
    for (const [index, { before, name }] of slots.entries()) {
      if (!line.startsWith(before, at)) return undefined
      at += before.length
      const end = endOf(line, at, slots[index + 1]?.before ?? after, before.endsWith('"'))
      if (end < 0) return undefined
      values.set(name, line.slice(at, end))
      at = end
    }
    return slots.length === 0 ? undefined : lineReading({ format, message: line, ...draftOf(values) })
  }
}

function endOf(line: string, from: number, next: string, isQuoted: boolean): number {
  if (next === "") return line.length
  let at = line.indexOf(next, from)
  // httpd writes a quotation mark within a value as `\"`.
  while (isQuoted && at > from && line[at - 1] === "\\" && next.startsWith('"')) at = line.indexOf(next, at + 1)
  return at
}

/** Names of nginx's variables, and what httpd calls the same. */
const NAMES = {
  client: ["remote_addr", "%a", "%h", "%{c}a"],
  request: ["request", "%r"],
  method: ["request_method", "%m"],
  target: ["request_uri", "uri", "%U"],
  status: ["status", "%s"],
  upstream: ["upstream_status"],
  host: ["host", "http_host", "%{host}i", "server_name", "%v", "%V"],
  agent: ["http_user_agent", "%{user-agent}i"],
  referrer: ["http_referer", "%{referer}i"],
  port: ["remote_port", "%{remote}p"],
} as const

const ID_NAMES: readonly (readonly [variable: string, id: string])[] = [
  ["request_id", "request_id"],
  ["http_x_request_id", "request_id"],
  ["sent_http_x_request_id", "request_id"],
  ["%{x-request-id}i", "request_id"],
  ["%{unique_id}e", "unique_id"],
  ["%L", "unique_id"],
]

function draftOf(values: ReadonlyMap<string, string>): Omit<LineDraft, "format" | "message"> {
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => values.get(name)).find((it) => it !== undefined && it !== "-" && it !== "")
  const request = requestLineOf(first(NAMES.request) ?? "")
  const port = first(NAMES.port)
  return {
    time: timeIn(values),
    client: clientOf(first(NAMES.client) ?? "").client,
    clientPort: port === undefined ? undefined : Number(port),
    method: request.method ?? first(NAMES.method),
    target: request.target ?? first(NAMES.target),
    host: first(NAMES.host),
    status: statusOf(first(NAMES.status)),
    // Of several upstreams tried one after the other the last one's answer was handed on.
    upstreamStatus: statusOf(/(\d{3})\s*$/.exec(first(NAMES.upstream) ?? "")?.[1]),
    agent: first(NAMES.agent),
    referrer: first(NAMES.referrer),
    ids: new Map(ID_NAMES.flatMap(([name, id]) => (values.has(name) ? [[id, values.get(name) ?? ""] as const] : []))),
  }
}

function timeIn(values: ReadonlyMap<string, string>): number | undefined {
  const text = values.get("time_local") ?? values.get("time_iso8601") ?? values.get("%t")?.replace(/^\[|\]$/g, "")
  const seconds = values.get("msec") ?? values.get("%{sec}t")
  return text === undefined ? (seconds === undefined ? undefined : Number(seconds) * 1000) : timeOf(text)
}
