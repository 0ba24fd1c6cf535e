import { modSecurity } from "./modsecurity.ts"
import { type LineReader, lineReading, requestLineOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const HEAD = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(\w{1,10})\] (\d{1,10})#(\d{1,10}): (?:\*(\d{1,20}) )?/

/** nginx's error log (`ngx_log.c`, `ngx_http_log_error_handler`). */
export const readNginxError: LineReader = (line) => {
  const head = HEAD.exec(line)
  if (head === null) return undefined
  const [whole, time = "", level, process, , connection] = head
  const { message, fields } = suffixOf(line.slice(whole.length))
  const rule = modSecurity(message)
  const own = connection === undefined ? [] : [["connection", `${process}*${connection}`] as const]
  return lineReading({
    format: rule?.format ?? "nginx-error",
    time: timeOf(time),
    level,
    client: fields.get("client") ?? rule?.client,
    ...requestLineOf(fields.get("request") ?? ""),
    ...(fields.has("request") ? {} : { target: rule?.target }),
    host: fields.get("host") ?? rule?.host,
    status: rule?.status,
    referrer: fields.get("referrer"),
    ids: new Map([...own, ...(rule?.ids ?? [])]),
    codes: [...(rule?.codes ?? []), ...errnoOf(message)],
    message,
  })
}

/** `(13: Permission denied)`: the number is the same on every system of a kind, the words are the library's. */
const errnoOf = (message: string): readonly string[] => {
  const number = /\((\d{1,3}): [A-Z][^()]{1,80}\)/.exec(message)?.[1]
  return number === undefined ? [] : [`errno ${number}`]
}

const QUOTED = ["request", "subrequest", "upstream", "host", "referrer"] as const

/** How often `, client: ` is taken for the suffix's beginning: a file's name may hold it too. */
const MOST_TRIES = 8

function suffixOf(text: string): { readonly message: string; readonly fields: ReadonlyMap<string, string> } {
  let at = text.indexOf(", client: ")
  for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
    const fields = readSuffix(text.slice(at))
    if (fields !== undefined) return { message: text.slice(0, at), fields }
    at = text.indexOf(", client: ", at + 1)
  }
  return { message: text, fields: new Map() }
}

function readSuffix(text: string): ReadonlyMap<string, string> | undefined {
  const begin = /^, client: ([0-9A-Fa-f.:]{1,45}|unix:)(?:, server: ([^,"]{0,1024}))?/.exec(text)
  if (begin === null) return undefined
  const fields = new Map([["client", begin[1] ?? ""]])
  let at = begin[0].length
  for (const [index, name] of QUOTED.entries()) {
    const opening = `, ${name}: "`
    if (!text.startsWith(opening, at)) continue
    const from = at + opening.length
    const end = endOf(text, from, QUOTED.slice(index + 1))
    if (end < 0) return undefined
    fields.set(name, text.slice(from, end))
    at = end + 1
  }
  return at >= text.trimEnd().length ? fields : undefined
}

/** nginx does not escape what it quotes here: a value ends where a later field begins, or at the line's end. */
function endOf(text: string, from: number, later: readonly string[]): number {
  const ends = later.map((name) => text.indexOf(`", ${name}: "`, from)).filter((it) => it >= 0)
  return ends.length > 0 ? Math.min(...ends) : text.trimEnd().endsWith('"') ? text.trimEnd().length - 1 : -1
}
