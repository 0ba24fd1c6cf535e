import type { Ahead } from "./ahead.ts"
import { closing, lineEnd, MOST_VALUE } from "./closing.ts"
import { lineSpans, listedAt } from "./listed.ts"
import type { Span } from "./span.ts"

/** A quotation mark and what escapes it: `"`, `\"`, `^\^"`, or its name in HTML. */
const OPENING = /(?:\$?([\\^`]{0,8})(["'])|&quot;|%22)/y

/** How much before a name tells how its value is written. */
const CONTEXT = 44

/** A value, or several credentials within one that is a list, a map or a block of lines. */
type Place =
  | { readonly kind: "value"; readonly start: number; readonly end: number }
  | { readonly kind: "listed"; readonly spans: Iterable<Span> }

interface Context {
  readonly nameStart: number
  readonly separator: string
  /** As in JSON: `"name": value`. */
  readonly isNameQuoted: boolean
}

/** What belongs to a name, and where it ends by the way it is written. */
export function valueAt(ahead: Ahead, from: number, context: Context): Place {
  const { text } = ahead
  const sign = text[from]
  if (sign === "[" || sign === "{" || sign === "(") return { kind: "listed", spans: listedAt(ahead, from) }
  OPENING.lastIndex = from
  const opening = OPENING.exec(text)
  if (opening !== null) {
    const start = OPENING.lastIndex
    return { kind: "value", start, end: closing(ahead, start, opening) }
  }
  const block = /[|>][+-]?\d?[ \t]{0,40}\r?\n/y
  block.lastIndex = from
  if (block.test(text)) {
    const end = blockEnd(ahead, block.lastIndex, context.nameStart)
    return { kind: "listed", spans: lineSpans(text, block.lastIndex, end) }
  }
  return { kind: "value", start: from, end: bareEnd(ahead, from, context) }
}

const HEADER_BEGIN = /(?:^|\n)(?:[<>*] |[ \t]{0,40}(?:- )?)?$/

/** A value without quotation marks. */
function bareEnd(ahead: Ahead, from: number, { nameStart, separator, isNameQuoted }: Context): number {
  const { text } = ahead
  const last = lineEnd(ahead, from)
  if (isNameQuoted) return from + text.slice(from, Math.min(last, from + MOST_VALUE)).search(/[\s,;}\]"'`]|$/)
  const before = text.slice(Math.max(0, nameStart - CONTEXT), nameStart)
  const quote = /([\\^`]{0,8})(["'])$/.exec(before)
  if (separator === ":" && HEADER_BEGIN.test(nameStart <= CONTEXT ? before : `.${before}`)) return last
  if (quote !== null) {
    const end = closing(ahead, from, quote)
    if (separator === ":") return end
    const next = text.slice(from, end).search(/&|; ?[\w.-]{1,80}=/)
    return next < 0 ? end : from + next
  }
  const run =
    separator === ":" ? /(?:(?:basic|bearer|digest|token|negotiate|ntlm|apikey) )?[^\s"'`<>,;&]*/iy : /[^\s"'`<>&#]*/y
  run.lastIndex = from
  let end = from + (run.exec(text)?.[0].length ?? 0)
  // As a loop: a pattern would look at a long run of such signs once for each of them.
  while (end > from && /[,;)\]}.^\\]/.test(text[end - 1] ?? "")) end--
  return Math.min(last, end)
}

/** Lines of a YAML block: all that are indented deeper than the line its name is on. */
function blockEnd(ahead: Ahead, from: number, nameStart: number): number {
  const { text } = ahead
  const line = text.lastIndexOf("\n", nameStart - 1) + 1
  const indent = nameStart - line
  let at = from
  while (at < text.length) {
    const end = lineEnd(ahead, at)
    const content = text.slice(at, Math.min(end, at + 400))
    if (content.trim() !== "" && content.length - content.trimStart().length <= indent) break
    at = end + (text[end] === "\r" ? 2 : 1)
  }
  return Math.min(at, text.length)
}
