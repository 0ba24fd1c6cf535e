import { STEM } from "./names.ts"
import type { Span } from "./span.ts"
import { cookieSpans, valueSpans } from "./value-spans.ts"
import { isHarmless } from "./values.ts"

/** A quotation mark and what escapes it: `"`, `\"`, `^\^"`, or its name in HTML. */
const OPENING = /(?:\$?([\\^`]{0,8})(["'])|&quot;|%22)/y
const AFTER_NAME = /(?:\]|%5D|\}|\))?(?:[\\^`]{0,8}["']|&quot;|%22)?[ \t]{0,40}(=>|:=|[=!]={1,2}|!?~\*?|[:=]|%3A|%3D)[ \t]{0,40}/iy
const LETTER = /[A-Za-z0-9_.-]/

/** Longer names are no names. */
const LONGEST = 80

/**
 * Values of fields whose name tells that they are credentials, however they are written: header lines, JSON, YAML,
 * queries and forms, options, assignments, configuration, in quotation marks escaped once or twice.
 */
export function* fieldSpans(text: string): Generator<Span> {
  const stem = new RegExp(STEM)
  for (let found = stem.exec(text); found !== null; found = stem.exec(text)) {
    const { start, end } = nameAround(text, found.index, stem.lastIndex)
    stem.lastIndex = end
    AFTER_NAME.lastIndex = end
    const after = AFTER_NAME.exec(text)
    if (after === null) continue
    const name = text.slice(start, end).replace(/^5B/i, "")
    const from = afterBreak(text, AFTER_NAME.lastIndex, after[0])
    const place = valueAt(text, from, { nameStart: start, separator: after[1] ?? "" })
    if (place.kind === "cookies") yield* place.spans
    else yield* spansOf(name, text.slice(place.start, place.end), place.start, text, start)
    stem.lastIndex = Math.max(end, place.kind === "cookies" ? place.end : place.start)
  }
}

/** In a query a `key` is a credential; in a document it is most often not. */
function spansOf(name: string, value: string, start: number, text: string, nameStart: number): Iterable<Span> {
  const isInQuery = /[?&]/.test(text[nameStart - 1] ?? "")
  if (isInQuery && /^key$/i.test(name) && !isHarmless(value)) return [{ start, end: start + value.length }]
  return valueSpans(name, value, start)
}

function nameAround(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from
  let end = to
  while (start > 0 && from - start < LONGEST && LETTER.test(text[start - 1] ?? "")) start--
  while (end < text.length && end - to < LONGEST && LETTER.test(text[end] ?? "")) end++
  return { start, end }
}

/** JSON that is set out over lines may have its value on the next one. */
function afterBreak(text: string, at: number, after: string): number {
  if (!/["']/.test(after)) return at
  const gap = /\s{0,80}(?=["'])/y
  gap.lastIndex = at
  return gap.exec(text) === null ? at : gap.lastIndex
}

type Place =
  | { readonly kind: "value"; readonly start: number; readonly end: number }
  | { readonly kind: "cookies"; readonly end: number; readonly spans: Iterable<Span> }

interface Context {
  readonly nameStart: number
  readonly separator: string
}

function valueAt(text: string, from: number, context: Context): Place {
  const sign = text[from]
  if (sign === "[" || sign === "{" || sign === "(") return listAt(text, from)
  OPENING.lastIndex = from
  const opening = OPENING.exec(text)
  if (opening !== null) {
    const start = OPENING.lastIndex
    return { kind: "value", start, end: closing(text, start, opening) }
  }
  const block = /[|>][+-]?\d?[ \t]{0,40}\r?\n/y
  block.lastIndex = from
  if (block.test(text)) return { kind: "value", start: block.lastIndex, end: blockEnd(text, block.lastIndex, context.nameStart) }
  return { kind: "value", start: from, end: bareEnd(text, from, context) }
}

/** Where the quotation ends: at a mark escaped as the first was, and at the line's end at the latest. */
function closing(text: string, from: number, [whole, escapes = "", mark]: RegExpExecArray): number {
  const last = lineEnd(text, from)
  if (mark === undefined) {
    const found = text.slice(from, last).search(whole === "%22" ? /%22|[&\s"']/ : /&quot;/)
    return found < 0 ? last : from + found
  }
  const period = 2 * (escapes.length + 1)
  for (let at = text.indexOf(mark, from); at >= 0 && at < last; at = text.indexOf(mark, at + 1)) {
    let run = 0
    while (at - run - 1 >= from && "\\^`".includes(text[at - run - 1] ?? " ")) run++
    if (mark === "'" && escapes === "" ? true : run % period === escapes.length) return at - Math.min(run, escapes.length)
  }
  return last
}

const lineEnd = (text: string, from: number): number => {
  const found = text.indexOf("\n", from)
  return found < 0 ? text.length : found > from && text[found - 1] === "\r" ? found - 1 : found
}

const HEADER_BEGIN = /(?:^|\n)(?:[<>*] |[ \t]{0,40}(?:- )?)?$/

/** A value without quotation marks. */
function bareEnd(text: string, from: number, { nameStart, separator }: Context): number {
  const last = lineEnd(text, from)
  const before = text.slice(Math.max(0, nameStart - 44), nameStart)
  const quote = /([\\^`]{0,8})(["'])$/.exec(before)
  if (separator === ":" && HEADER_BEGIN.test(nameStart <= 44 ? before : `.${before}`)) return last
  if (quote !== null) {
    const end = closing(text, from, quote)
    if (separator === ":") return end
    const next = text.slice(from, end).indexOf("&")
    return next < 0 ? end : from + next
  }
  const run = separator === ":" ? /(?:(?:basic|bearer|digest|token|negotiate|ntlm|apikey) )?[^\s"'`<>,;&]*/iy : /[^\s"'`<>&#]*/y
  run.lastIndex = from
  const length = run.exec(text)?.[0].replace(/[,;)\]}.^\\]+$/, "").length ?? 0
  return Math.min(last, from + length)
}

/** Lines of a YAML block: all that are indented deeper than the line its name is on. */
function blockEnd(text: string, from: number, nameStart: number): number {
  const line = text.lastIndexOf("\n", nameStart - 1) + 1
  const indent = nameStart - line
  let at = from
  while (at < text.length) {
    const end = lineEnd(text, at)
    const content = text.slice(at, Math.min(end, at + 400))
    if (content.trim() !== "" && content.length - content.trimStart().length <= indent) break
    at = end + (text[end] === "\r" ? 2 : 1)
  }
  return Math.min(at, text.length)
}

/** How far a list or map of cookies or credentials is looked through. */
const MOST_LISTED = 200_000

/** Texts in a list, or values of a map, that stands where a credential is meant. */
function listAt(text: string, from: number): Place {
  const close = text[from] === "[" ? "]" : text[from] === "(" ? ")" : "}"
  const found = text.indexOf(close, from)
  const end = found < 0 || found - from > MOST_LISTED ? from + 1 : found
  return { kind: "cookies", end, spans: listed(text, from, end) }
}

function* listed(text: string, from: number, end: number): Generator<Span> {
  const isMap = text[from] === "{" || /^\[\s{0,40}\{/.test(text.slice(from, from + 48))
  const form = isMap ? /:\s{0,40}(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g : /(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g
  for (const match of text.slice(from, end).matchAll(form)) {
    const value = match[2] ?? ""
    const start = from + match.index + match[0].length - 1 - value.length
    if (isMap && /"name"\s{0,40}$/.test(text.slice(Math.max(0, from + match.index - 46), from + match.index))) continue
    if (!isHarmless(value)) yield* value.includes("=") && !isMap ? cookieSpans(value, start) : [{ start, end: start + value.length }]
  }
}
