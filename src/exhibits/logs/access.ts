import type { LogFormat } from "../exhibits.ts"
import { clientOf, type LineReader, lineReading, requestLineOf, statusOf } from "./reading.ts"
import { timeOf } from "./time.ts"

const HEAD =
  /^(?:(\S{1,255}?):(\d{1,5}) )?(\S{1,255}) (\S{1,255}) (\S.{0,255}?) \[(\d\d\/[A-Za-z]{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "/
const TAIL = /^" (\d{3}) (\d{1,20}|-)(.*)$/s
const TRAEFIK = /^ (\d{1,20}) "([^"]{0,500})" "([^"]{0,2000})" \d{1,12}ms\s*$/

/**
 * Access logs in the common and combined forms, with a virtual host before them or fields of one's own behind. nginx
 * and httpd write these alike but for what they escape; Traefik adds router and server.
 */
export const readAccess: LineReader = (line) => {
  const head = HEAD.exec(line)
  if (head === null) return undefined
  const [whole, host, , client = "", , , time = ""] = head
  const end = closing(line, whole.length)
  const tail = TAIL.exec(line.slice(end))
  if (tail === null) return undefined
  const request = line.slice(whole.length, end)
  const { quoted, rest } = quotedOf(tail[3] ?? "")
  const format: LogFormat = TRAEFIK.test(rest) ? "traefik" : request.includes("\\x") ? "nginx-access" : "httpd-access"
  return lineReading({
    format,
    time: timeOf(time),
    client: clientOf(client).client,
    ...requestLineOf(request),
    host,
    status: statusOf(tail[1]),
    referrer: quoted[0],
    agent: quoted[1],
    message: line,
  })
}

/** The quotation mark that ends a value: one without a backslash before it. */
function closing(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at > 0 && text[at - 1] === "\\" && text[at - 2] !== "\\") at = text.indexOf('"', at + 1)
  return at < 0 ? text.length : at
}

/** Referrer and agent of the combined form, and what follows. */
function quotedOf(text: string): { readonly quoted: readonly string[]; readonly rest: string } {
  const quoted: string[] = []
  let at = 0
  while (quoted.length < 2 && text.startsWith(' "', at)) {
    const end = closing(text, at + 2)
    quoted.push(text.slice(at + 2, end))
    at = Math.min(end + 1, text.length)
  }
  return { quoted, rest: text.slice(at) }
}
