import { type Matched, readMatched } from "./matched.ts"
import { type Engine, optional, readMessage, type WafMessage } from "./message.ts"
import { severityOf } from "./severity.ts"

interface AuditRecord {
  readonly messages: readonly WafMessage[]
  readonly seen: { readonly method?: string; readonly target?: string }
}

/** Longest record read; one with a whole body in it may be larger, and its messages are then in the error log. */
const MOST = 4_194_304
const MOST_MESSAGES = 1_000

/**
 * A line of an audit log in JSON: undefined where it is none. The shapes of ModSecurity 2 (`audit_data.messages` are sentences),
 * 3 (`transaction.messages[].details`) and Coraza (`messages[].data`).
 *
 * Source: apache2/msc_logging.c of 2.9, src/transaction.cc `toJSON` of 3.0, internal/auditlog/auditlog.go of Coraza 3.
 */
export function readAuditJson(line: string): AuditRecord | undefined {
  if (!line.startsWith("{") || !line.includes('"transaction"') || line.length > MOST) return undefined
  const root = parsed(line)
  const transaction = objectAt(root, "transaction")
  if (transaction === undefined) return undefined
  const request = objectAt(transaction, "request") ?? objectAt(root, "request") ?? {}
  const common: Common = {
    ...optional("uniqueId", textAt(transaction, "unique_id", "transaction_id", "id")),
    ...optional("client", textAt(transaction, "client_ip", "remote_address")),
  }
  const isDetecting = isOnlyDetecting(transaction)
  const messages = [
    ...listAt(objectAt(root, "audit_data"), "messages").map((it) => ofTwo(it, line, common)),
    ...listAt(transaction, "messages").map((it) => ofThree(it, line, common)),
    ...listAt(root, "messages").map((it) => ofCoraza(it, line, common)),
  ]
  const [, method, target] = /^([A-Z]{1,32}) (\S+)/.exec(textAt(request, "request_line") ?? "") ?? []
  return {
    messages: messages
      .flatMap((it) => it ?? [])
      .slice(0, MOST_MESSAGES)
      .map((it) => (isDetecting ? { ...it, action: "warned" } : it)),
    seen: {
      ...optional("method", textAt(request, "method") ?? method),
      ...optional("target", textAt(request, "uri") ?? target),
    },
  }
}

/** An engine that was told to detect refuses nothing. */
function isOnlyDetecting(transaction: Json): boolean {
  const producer = objectAt(transaction, "producer")
  const mode = textAt(producer, "secrules_engine", "rule_engine") ?? ""
  return /^detection_?only$/i.test(mode) || transaction.is_interrupted === false
}

type Common = Pick<WafMessage, "uniqueId" | "client">
type Json = { readonly [key: string]: unknown }

function ofTwo(said: unknown, line: string, common: Common): WafMessage | undefined {
  const message = typeof said === "string" ? readMessage(`Message: ${said}`) : undefined
  if (message === undefined) return undefined
  return { ...message, ...common, idQuote: JSON.stringify(message.idQuote).slice(1, -1), ...quoted(line) }
}

/** A sentence inside JSON is escaped once more, so what is quoted must be as it stands in the line. */
function quoted(line: string): { readonly idQuote?: string } {
  return line.includes('[id \\"') ? {} : { idQuote: '"transaction"' }
}

function ofThree(said: unknown, line: string, common: Common): WafMessage | undefined {
  const details = objectAt(said, "details")
  if (details === undefined) return undefined
  const sentence = textAt(details, "match") ?? ""
  return made(details, { id: "ruleId", line: "lineNumber", msg: textAt(said, "message"), sentence }, line, {
    ...common,
    engine: "modsecurity-3",
  })
}

function ofCoraza(said: unknown, line: string, common: Common): WafMessage | undefined {
  const data = objectAt(said, "data")
  if (data === undefined) return undefined
  const error = textAt(said, "error_message") ?? ""
  const read = readMessage(error)
  const names = { id: "id", line: "line", msg: textAt(data, "msg"), sentence: "" }
  const message = made(data, names, line, { ...common, engine: "coraza" })
  return message === undefined || read === undefined ? message : { ...read, ...message, action: read.action }
}

interface Names {
  readonly id: string
  readonly line: string
  readonly msg: string | undefined
  readonly sentence: string
}

function made(
  fields: Json,
  names: Names,
  line: string,
  common: Common & { readonly engine: Engine },
): WafMessage | undefined {
  const id = Number(textAt(fields, names.id))
  if (!Number.isSafeInteger(id) || id <= 0) return undefined
  const data = textAt(fields, "data")
  const matched: Matched = readMatched(names.sentence, data)
  return {
    ...common,
    ...matched,
    // Neither engine says in JSON whether this rule denied; rules that sum up the score are the ones that do.
    action: "unsaid",
    sentence: names.sentence,
    id,
    idQuote: quoteOf(line, names.id, id),
    ...optional("file", textAt(fields, "file")),
    ...optional("line", wholeAt(fields, names.line)),
    ...optional("msg", names.msg),
    ...optional("data", data === "" ? undefined : data),
    ...optional("severity", severityOf(textAt(fields, "severity"))),
    ...optional("ver", textAt(fields, "ver")),
    tags: listAt(fields, "tags").flatMap((it) => (typeof it === "string" ? it : [])),
    matches: Math.max(1, (textAt(fields, "reference") ?? "").match(/v\d{1,9},\d{1,9}/g)?.length ?? 0),
    isDoubtful: false,
  }
}

/** The rule's number as it stands in the line. */
function quoteOf(line: string, name: string, id: number): string {
  for (const it of [`"${name}":"${id}"`, `"${name}":${id}`, `"${name}": "${id}"`, `"${name}": ${id}`])
    if (line.includes(it)) return it
  return String(id)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // A line that only begins like JSON is no record.
    return undefined
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function objectAt(value: unknown, key: string): Json | undefined {
  const found = isObject(value) ? value[key] : undefined
  return isObject(found) ? found : undefined
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isObject(value) ? value[key] : undefined
  return Array.isArray(found) ? found : []
}

/** The first of these that is there. Numbers as they would be written. */
function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = isObject(value) ? value[key] : undefined
    if (typeof found === "string") return found
    if (typeof found === "number") return String(found)
  }
  return undefined
}

function wholeAt(value: unknown, key: string): number | undefined {
  const found = Number(textAt(value, key))
  return Number.isSafeInteger(found) ? found : undefined
}
