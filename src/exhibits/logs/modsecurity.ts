import type { LogFormat } from "../exhibits.ts"
import { statusOf } from "./reading.ts"

/** What a line of ModSecurity or Coraza says beside what the server's log around it says. */
export interface RuleReading {
  readonly format: Extract<LogFormat, "modsecurity-2" | "modsecurity-3" | "coraza">
  readonly ids: ReadonlyMap<string, string>
  readonly codes: readonly string[]
  readonly status?: number
  readonly client?: string
  readonly target?: string
  readonly host?: string
  readonly severity?: string
}

const TAG = /\[([a-z_]{1,20}) "((?:[^"\\]|\\.)*)"\]/g
const BEGIN = /\b(?:ModSecurity|Coraza): /

/**
 * Version 2 writes severities as words (`apache2_util.c`), version 3 as numbers and ends with `[ref` (`rule_message.cc`),
 * Coraza quotes the client and names itself (`internal/corazarules/rule_match.go`).
 */
export function modSecurity(message: string): RuleReading | undefined {
  const hasBegin = BEGIN.test(message)
  if (!hasBegin && !message.includes('[id "')) return undefined
  const tags = new Map<string, string>()
  for (const [, name = "", value = ""] of message.matchAll(TAG)) if (!tags.has(name)) tags.set(name, value)
  const id = tags.get("id")
  if (!hasBegin && (id === undefined || !/^\d{1,10}$/.test(id))) return undefined
  const uniqueId = tags.get("unique_id")
  const status = statusOf(/\bAccess denied with code (\d{3})\b/.exec(message)?.[1])
  const client = tags.get("client")
  const target = tags.get("uri")
  const host = tags.get("hostname")
  const severity = tags.get("severity")
  return {
    format: formatOf(message, severity),
    ids: new Map(uniqueId === undefined ? [] : [["unique_id", uniqueId]]),
    codes: id === undefined ? [] : [id],
    ...(status === undefined ? {} : { status }),
    ...(client === undefined ? {} : { client }),
    ...(target === undefined || target === "" ? {} : { target }),
    ...(host === undefined || host === "" ? {} : { host }),
    ...(severity === undefined ? {} : { severity }),
  }
}

function formatOf(message: string, severity: string | undefined): RuleReading["format"] {
  if (message.includes("Coraza: ")) return "coraza"
  return message.includes("[ref ") || /^\d$/.test(severity ?? "") ? "modsecurity-3" : "modsecurity-2"
}
