import { modSecurity } from "./modsecurity.ts"
import { clientOf, type LineReader, lineReading } from "./reading.ts"
import { timeOf } from "./time.ts"

const LEVEL = /^(?:([a-z0-9_]{1,40}|-)?:)?(emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])$/
const GROUP = /\[([^\]]{0,300})\] ?/y

/** Groups in brackets that a line begins with at most. */
const MOST_GROUPS = 12

/**
 * httpd's error log in the forms of 2.2 and 2.4 and of an `ErrorLogFormat` that puts time, level, process and client in
 * brackets, in any order (`server/log.c`, `server/core.c`).
 */
export const readHttpdError: LineReader = (line) => {
  if (!line.startsWith("[")) return undefined
  const { said, end } = groupsOf(line)
  if (said.get("level") === undefined || (said.get("time") === undefined && said.get("pid") === undefined))
    return undefined
  const { text, client } = said.has("client")
    ? { text: line.slice(end), client: said.get("client") }
    : clientIn(line.slice(end))
  const { message, referrer } = withoutReferrer(text)
  const rule = modSecurity(message)
  const time = said.get("time")
  const place = client === undefined ? {} : clientOf(client, { hasPort: said.has("pid") })
  return lineReading({
    format: rule?.format ?? "httpd-error",
    time: time === undefined ? undefined : timeOf(time),
    level: said.get("level"),
    client: rule?.client,
    ...place,
    method: undefined,
    target: rule?.target ?? /\bAH00035: access to (\/\S{0,4096}) denied\b/.exec(message)?.[1],
    host: rule?.host,
    status: rule?.status,
    referrer,
    ids: new Map([
      ...(said.has("request") ? [["unique_id", said.get("request") ?? ""] as const] : []),
      ...(rule?.ids ?? []),
    ]),
    codes: [...(rule?.codes ?? []), ...codesOf(text)],
    message,
  })
}

function groupsOf(line: string): { readonly said: ReadonlyMap<string, string>; readonly end: number } {
  const said = new Map<string, string>()
  let end = 0
  for (let count = 0; count < MOST_GROUPS; count++) {
    GROUP.lastIndex = end
    const group = GROUP.exec(line)?.[1]
    if (group === undefined || !understood(group, said)) break
    end = GROUP.lastIndex
  }
  return { said, end }
}

/** Whether the group is one of the log's own; a message may begin with a bracket too. */
function understood(group: string, said: Map<string, string>): boolean {
  const level = LEVEL.exec(group)
  const client = /^(?:client|remote) (\S{1,100})$/.exec(group)?.[1]
  const process = /^pid (\d{1,10})(?::tid \d{1,20})?$/.exec(group)?.[1]
  const request = /^(?:R:|unique_id |uid |request )"?([A-Za-z0-9@_.-]{8,64})"?$/.exec(group)?.[1]
  if (level !== null) said.set("level", level[2] ?? "")
  else if (client !== undefined) said.set("client", said.get("client") ?? client)
  else if (process !== undefined) said.set("pid", process)
  else if (request !== undefined) said.set("request", request)
  else if (!said.has("time") && timeOf(group) !== undefined) said.set("time", group)
  else return /^(?:tid \d{1,20}|C:\S{1,64}|vhost \S{1,255})$/.test(group)
  return true
}

/** `(13)Permission denied: [client ::1:39747] AH00035: …`: an error's words come before the client. */
function clientIn(text: string): { readonly text: string; readonly client?: string } {
  const match = /^([^[\]]{0,300})\[client (\S{1,100})\] /.exec(text)
  if (match?.[2] === undefined) return { text }
  return { text: `${match[1]}${text.slice(match[0].length)}`, client: match[2] }
}

function withoutReferrer(text: string): { readonly message: string; readonly referrer?: string } {
  const at = text.lastIndexOf(", referer: ")
  return at < 0
    ? { message: text }
    : { message: text.slice(0, at), referrer: text.slice(at + ", referer: ".length).trim() }
}

/** `AH01630`, and `errno 13` of `(13)Permission denied`. */
function codesOf(text: string): readonly string[] {
  const code = /\b(AH\d{5}):/.exec(text)?.[1]
  const errno = /(?:^|: )\((\d{1,3})\)[A-Z]/.exec(text.slice(0, 400))?.[1]
  return [...(code === undefined ? [] : [code]), ...(errno === undefined ? [] : [`errno ${errno}`])]
}
