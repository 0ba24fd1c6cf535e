import type { SeenResponse } from "../exhibits.ts"
import { below, isList, type Json, jsonOf, numberBelow, wordBelow } from "../json.ts"
import { MOST_ENTRIES } from "../limits.ts"
import { type Reading, seenRequest } from "./draft.ts"
import { type Fields, fieldsOf } from "./fields.ts"
import { readUrl } from "./url.ts"

/**
 * The refused exchange of a HAR file (or of one entry of it). Of several the first 403 holds, then the first other
 * refusal; of a request the browser gave up after its preflight, that preflight.
 */
export function readHar(text: string): Reading {
  if (!/^\s{0,64}[{[]/.test(text) || !text.includes('"request"')) return {}
  const value = jsonOf(text)
  const entries = entriesOf(value)
  const chosen = refused(entries)
  return chosen === undefined ? {} : { ...readEntry(chosen.entry, isWhole(entries)), entry: chosen.index }
}

function entriesOf(value: Json | undefined): readonly Json[] {
  const list = below(value, "log", "entries")
  if (isList(list)) return list.slice(0, MOST_ENTRIES)
  return below(value, "request", "url") === undefined || value === undefined ? [] : [value]
}

const statusOf = (entry: Json): number => numberBelow(entry, "response", "status") ?? 0
const methodOf = (entry: Json): string => wordBelow(entry, "request", "method") ?? ""
const urlOf = (entry: Json): string => wordBelow(entry, "request", "url") ?? ""

function refused(entries: readonly Json[]): { readonly entry: Json; readonly index: number } | undefined {
  const wanted: readonly ((entry: Json) => boolean)[] = [
    (it) => statusOf(it) === 403,
    (it) => statusOf(it) === 401,
    (it) => statusOf(it) >= 400,
    (it) => statusOf(it) === 0,
    () => true,
  ]
  for (const isWanted of wanted) {
    const index = entries.findIndex(isWanted)
    const entry = entries[index]
    if (entry !== undefined) return statusOf(entry) === 0 ? preflightOf(entry, index, entries) : { entry, index }
  }
  return undefined
}

/** A browser that was refused the preflight never sends what it was for, and notes that with status 0. */
function preflightOf(entry: Json, index: number, entries: readonly Json[]) {
  const found = entries.findIndex(
    (it) => methodOf(it) === "OPTIONS" && urlOf(it) === urlOf(entry) && statusOf(it) !== 0,
  )
  const preflight = entries[found]
  return preflight === undefined ? { entry, index } : { entry: preflight, index: found }
}

/** Browsers leave cookies and credentials out of a "sanitized" export: there, what is missing may well have been sent. */
const isWhole = (entries: readonly Json[]): boolean =>
  entries.slice(0, 200).some((it) => {
    const names = pairsOf(below(it, "request", "headers")).map(([name]) => name.toLowerCase())
    return names.includes("cookie") || names.includes("authorization")
  })

function readEntry(entry: Json, areHeadersComplete: boolean): Reading {
  const headers = fieldsOf(pairsOf(below(entry, "request", "headers")))
  const url = readUrl(urlOf(entry))
  const body = wordBelow(entry, "request", "postData", "text")
  const request = seenRequest({ method: wordBelow(entry, "request", "method"), url, headers, areHeadersComplete, body })
  const answered = fieldsOf(pairsOf(below(entry, "response", "headers")))
  const status = numberBelow(entry, "response", "status")
  if (status === undefined || status === 0) return { request }
  return { request, response: responseOf(entry, status, answered), head: headOf(status, answered) }
}

function responseOf(entry: Json, status: number, headers: Fields): SeenResponse {
  const text = wordBelow(entry, "response", "content", "text")
  const isBase64 = wordBelow(entry, "response", "content", "encoding") === "base64"
  const body = text === undefined || !isBase64 ? text : Buffer.from(text, "base64").toString("utf8")
  return { status, headers, areHeadersComplete: headers.size > 0, ...(body === undefined ? {} : { body }) }
}

const headOf = (status: number, headers: Fields): string =>
  [`HTTP ${status}`, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join("\n")

function pairsOf(list: Json | undefined): readonly (readonly [string, string])[] {
  if (!isList(list)) return []
  return list.flatMap((it) => {
    const name = wordBelow(it, "name")
    const value = below(it, "value")
    return name === undefined ? [] : [[name, typeof value === "string" ? value : ""] as const]
  })
}
