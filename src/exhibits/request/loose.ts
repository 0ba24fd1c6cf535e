import { linesOf } from "../lines.ts"
import type { Reading } from "./draft.ts"
import { seenRequest } from "./draft.ts"
import { addField, readField } from "./fields.ts"
import { readUrl } from "./url.ts"

const METHOD =
  /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|PROPFIND|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH|QUERY)(?:[ \t]+|$)(.*)$/
const PAIR = /(?:^|[\s,;])([A-Za-z][A-Za-z0-9-]{1,60})=([^\s,;()"']{1,512})/g

/** Lines that a loosely told request has at most. */
const MOST = 2000

/**
 * A request as people write it down: `POST https://a/b`, an address alone, `PUT (presigned)` with header lines below,
 * `x-real-ip=10.0.0.1, host=a` as a backend saw it. What is not said stays unknown.
 */
export function readLoose(text: string): Reading {
  const lines = linesOf(text.trim()).slice(0, MOST)
  const first = lines[0]?.text.trim() ?? ""
  const [, method, behind = ""] = METHOD.exec(first) ?? []
  const address = (method === undefined ? first : behind).trim()
  const word = address.split(/\s/, 1)[0] ?? ""
  const url = readUrl(word.replace(/[.,;)]{1,3}$/, ""))
  const target =
    url === undefined && word.startsWith("/") && (method !== undefined || lines.length === 1) ? word : undefined
  const headers = new Map<string, string>()
  let bodyAt = lines.length
  for (const [index, { text: line }] of lines.entries()) {
    const field = index === 0 && (method !== undefined || url !== undefined) ? undefined : readField(line)
    if (field !== undefined) addField(headers, ...field)
    else if (index > 0 && line.trim() === "") {
      bodyAt = index + 1
      break
    }
  }
  if (headers.size === 0 && method === undefined && url === undefined)
    for (const [, name = "", value = ""] of first.slice(0, 8192).matchAll(PAIR)) addField(headers, name, value)
  if (method === undefined && url === undefined && target === undefined && headers.size === 0) return {}
  const body = lines
    .slice(bodyAt)
    .map((it) => it.text)
    .join("\n")
  return {
    request: seenRequest({
      method,
      url,
      target,
      headers,
      areHeadersComplete: false,
      body: body.trim() === "" ? undefined : body,
    }),
  }
}
