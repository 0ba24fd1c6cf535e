import type { SeenResponse } from "../exhibits.ts"
import { linesOf } from "../lines.ts"
import { type Reading, seenRequest } from "./draft.ts"
import { addField, type Fields, readField } from "./fields.ts"
import { readUrl } from "./url.ts"

const REQUEST_LINE = /^([A-Z][A-Z-]{1,20}) (\S{1,65536}) HTTP\/\d(?:\.\d)?\s*$/
const STATUS_LINE = /^HTTP\/\d(?:\.\d)? (\d{3})(?: [^\n]{0,500})?$/i

export const isRequestLine = (line: string): boolean => REQUEST_LINE.test(line)
export const isStatusLine = (line: string): boolean => STATUS_LINE.test(line)

/**
 * Requests and answers as they are on the wire, one after the other; bodies end where the next start line begins. Of
 * several the last request and the last final answer hold, as redirects and `100 Continue` come before.
 */
export function readMessages(text: string): Reading {
  let reading: Reading = {}
  const starts: number[] = []
  const lines = linesOf(text)
  for (const [index, { text: line }] of lines.entries())
    if (isRequestLine(line) || isStatusLine(line)) starts.push(index)
  for (const [nth, start] of starts.entries()) {
    const end = starts[nth + 1]
    const last = lines[end === undefined ? lines.length - 1 : end - 1]
    const body = { until: last === undefined ? text.length : last.end, text }
    const first = lines[start]?.text ?? ""
    const message = readHead(lines.slice(start + 1, end), body)
    const status = STATUS_LINE.exec(first)?.[1]
    if (status === undefined) reading = { ...reading, request: requestOf(first, message) }
    else if (!status.startsWith("1") || reading.response === undefined)
      reading = {
        ...reading,
        response: responseOf(Number(status), message),
        head: text.slice(lines[start]?.start, message.headEnd ?? last?.end),
      }
  }
  return reading
}

interface Message {
  readonly headers: Fields
  /** Whether an empty line ends the head. */
  readonly isHeadEnded: boolean
  /** Where that line is. */
  readonly headEnd?: number
  readonly body?: string
}

function readHead(
  lines: ReturnType<typeof linesOf>,
  { until, text }: { readonly until: number; readonly text: string },
): Message {
  const headers = new Map<string, string>()
  for (const { text: line, start, end } of lines) {
    // Behind the last line break there is no line, though it looks like an empty one.
    if (line.trim() === "" && start < text.length) {
      const body = text.slice(Math.min(end + 1, until), until)
      return { headers, isHeadEnded: true, headEnd: start, ...(body.trim() === "" ? {} : { body }) }
    }
    const field = readField(line)
    if (field !== undefined) addField(headers, ...field)
  }
  return { headers, isHeadEnded: false }
}

function requestOf(line: string, { headers, isHeadEnded, body }: Message) {
  const [, method, target = ""] = REQUEST_LINE.exec(line) ?? []
  const url = readUrl(target)
  const isWhole = headers.has("host") && (isHeadEnded || (headers.has("user-agent") && headers.has("accept")))
  return seenRequest({
    method,
    ...(url === undefined ? { target } : { url }),
    headers,
    areHeadersComplete: isWhole,
    body,
  })
}

const responseOf = (status: number, { headers, isHeadEnded, body }: Message): SeenResponse => ({
  status,
  headers,
  areHeadersComplete: isHeadEnded || headers.size >= WHOLE,
  ...(body === undefined ? {} : { body }),
})

/** An answer's head that someone shortened seldom keeps this many fields. */
const WHOLE = 4
