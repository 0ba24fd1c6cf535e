import { Ahead } from "./ahead.ts"
import { STEM, secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { cookieSpans, valueSpans } from "./value-spans.ts"
import { isHarmless, isRandom } from "./values.ts"

/** A quotation mark and what escapes it: `"`, `\"`, `^\^"`, or its name in HTML. */
const OPENING = /(?:\$?([\\^`]{0,8})(["'])|&quot;|%22)/y
const AFTER_NAME =
  /(?:\]|%5D|\}|\))?(?:[\\^`]{0,8}["']|&quot;|%22)?[ \t]{0,40}(=>|:=|[=!]={1,2}|!?~\*?|[:=]|%3A|%3D)[ \t]{0,40}/iy
const LETTER = /[A-Za-z0-9_.-]/

/** How much before a name tells how its value is written. */
const CONTEXT = 44

/** A value that is not closed ends here at the latest. */
const MOST_VALUE = 64 * 1024

/** Longer names are no names. */
const LONGEST = 80

/**
 * Values of fields whose name tells that they are credentials, however they are written: header lines, JSON, YAML,
 * queries and forms, options, assignments, configuration, in quotation marks escaped once or twice.
 */
export function* fieldSpans(text: string): Generator<Span> {
  const stem = new RegExp(STEM)
  const ahead = new Ahead(text)
  for (let found = stem.exec(text); found !== null; found = stem.exec(text)) {
    const { start, end } = nameAround(text, found.index, stem.lastIndex)
    stem.lastIndex = end
    AFTER_NAME.lastIndex = end
    const after = AFTER_NAME.exec(text)
    if (after === null) continue
    const name = text.slice(start, end).replace(/^5B/i, "")
    for (const span of fieldAt(ahead, name, { start, end }, after)) {
      yield span
      stem.lastIndex = Math.max(stem.lastIndex, span.end)
    }
  }
}

/** A word without a sign that stands in no random one, so that it is soon seen not to be one. */
const WORD = /[\\^`]{0,8}["']?([A-Za-z0-9+/_.~-]{16,512}={0,2})/y
const QUERY_VALUE = /[^\s&"'`<>#]{1,2048}/y

function* fieldAt(ahead: Ahead, name: string, { start, end }: Span, after: RegExpExecArray): Generator<Span> {
  const { text } = ahead
  const behindIt = end + after[0].length
  if (/^key$/i.test(name) && isParameter(text, start))
    return yield* ofForm(text, behindIt, QUERY_VALUE, (it) => !isHarmless(it))
  const secrecy = secrecyOf(name)
  if (secrecy === "perhaps") return yield* ofForm(text, behindIt, WORD, isRandom)
  if (secrecy === "no") return
  const isNameQuoted = /["']|&quot;|%22/.test(after[0])
  const from = isNameQuoted ? afterBreak(text, behindIt) : behind(text, start, behindIt, after[0])
  const place = valueAt(ahead, from, { nameStart: start, separator: after[1] ?? "", isNameQuoted })
  if (place.kind === "value") yield* valueSpans(name, text.slice(place.start, place.end), place.start)
  else if (text[from] !== "{" || /cookies?$/i.test(name)) yield* place.spans
}

/** In a query a `key` is a credential; in a document it is most often not. */
const isParameter = (text: string, nameStart: number): boolean => /[?&]/.test(text[nameStart - 1] ?? "")

/** A value of this form, where it is a credential's. */
function* ofForm(text: string, at: number, form: RegExp, isSecret: (value: string) => boolean): Generator<Span> {
  form.lastIndex = at
  const match = form.exec(text)
  if (match === null) return
  const value = match[1] ?? match[0]
  const end = at + match[0].length
  if (isSecret(value)) yield { start: end - value.length, end }
}

function nameAround(text: string, from: number, to: number): { readonly start: number; readonly end: number } {
  let start = from
  let end = to
  while (start > 0 && from - start < LONGEST && LETTER.test(text[start - 1] ?? "")) start--
  while (end < text.length && end - to < LONGEST && LETTER.test(text[end] ?? "")) end++
  return { start, end }
}

/** JSON that is set out over lines may have its value on the next one. */
function afterBreak(text: string, at: number): number {
  const gap = /\s{0,80}(?=["'])/y
  gap.lastIndex = at
  return gap.exec(text) === null ? at : gap.lastIndex
}

/** A parameter of a query has its value right behind the sign, or none. */
const behind = (text: string, nameStart: number, at: number, after: string): number =>
  /[?&]/.test(text[nameStart - 1] ?? "") ? at - (after.length - after.trimEnd().length) : at

type Place =
  | { readonly kind: "value"; readonly start: number; readonly end: number }
  | { readonly kind: "listed"; readonly spans: Iterable<Span> }

interface Context {
  readonly nameStart: number
  readonly separator: string
  /** As in JSON: `"name": value`. */
  readonly isNameQuoted: boolean
}

function valueAt(ahead: Ahead, from: number, context: Context): Place {
  const { text } = ahead
  const sign = text[from]
  if (sign === "[" || sign === "{" || sign === "(") return listAt(ahead, from)
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

/** Where the quotation ends: at a mark escaped as the first was, and at the line's end at the latest. */
function closing(ahead: Ahead, from: number, [whole, escapes = "", mark]: RegExpExecArray): number {
  const { text } = ahead
  const last = Math.min(lineEnd(ahead, from), from + MOST_VALUE)
  if (mark === undefined) {
    const found = text.slice(from, last).search(whole === "%22" ? /%22|[&\s"']/ : /&quot;/)
    return found < 0 ? last : from + found
  }
  for (let at = text.indexOf(mark, from); at >= 0 && at < last; at = text.indexOf(mark, at + 1)) {
    const end = endBefore(text, from, at, escapes, mark)
    if (end !== undefined) return end
  }
  return last
}

/** Where the value ends if the mark at `at` closes it: before what escapes it, or undefined where it is part of it. */
function endBefore(text: string, from: number, at: number, escapes: string, mark: string): number | undefined {
  const run = (signs: string): number => {
    let length = 0
    while (at - length - 1 >= from && signs.includes(text[at - length - 1] ?? " ")) length++
    return length
  }
  if (/[\^`]/.test(escapes)) {
    // Windows' shells: what is not escaped just so is taken for a part of the value, which blots rather too much.
    return run("\\^`") === escapes.length ? at - escapes.length : undefined
  }
  if (mark === "'" && escapes === "") return at
  const isClosing = run("\\") % (2 * (escapes.length + 1)) === escapes.length
  // In PowerShell a backtick escapes; elsewhere it is a letter, and then the value's end is followed by something else.
  const isDoubtful = escapes === "" && run("`^") % 2 === 1 && !/^[\s,;:}\])&]?$/.test(text[at + 1] ?? "")
  return isClosing && !isDoubtful ? at - escapes.length : undefined
}

const lineEnd = (ahead: Ahead, from: number): number => {
  const found = ahead.next("\n", from)
  return found < 0 ? ahead.text.length : found > from && ahead.text[found - 1] === "\r" ? found - 1 : found
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
  const length = run.exec(text)?.[0].replace(/[,;)\]}.^\\]+$/, "").length ?? 0
  return Math.min(last, from + length)
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

/** Lines without their indentation. */
function* lineSpans(text: string, from: number, to: number): Generator<Span> {
  for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\s][^\n]*/g))
    if (!isHarmless(line)) yield { start: from + index, end: from + index + line.length }
}

/** How far a list or map of cookies or credentials is looked through. */
const MOST_LISTED = 200_000

/** Texts in a list, or values of a map, that stands where a credential is meant. */
function listAt(ahead: Ahead, from: number): Place {
  const sign = ahead.text[from]
  const found = ahead.next(sign === "[" ? "]" : sign === "(" ? ")" : "}", from)
  const end = found < 0 || found - from > MOST_LISTED ? from + 1 : found
  // A list within one that was looked through has been too.
  if (end <= ahead.listedUntil) return { kind: "listed", spans: [] }
  ahead.listedUntil = end
  return { kind: "listed", spans: listed(ahead.text, from, end) }
}

const MAP_VALUE = /:\s{0,40}(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g
const PAIR_VALUE = /"value"\s{0,40}:\s{0,40}(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g
const LIST_VALUE = /(["'])((?:(?!\1)[^\\\n]|\\.)*)\1/g

function* listed(text: string, from: number, end: number): Generator<Span> {
  const isList = text[from] === "["
  const isOfPairs = isList && /^\[\s{0,40}\{/.test(text.slice(from, from + 48))
  for (const match of text
    .slice(from, end)
    .matchAll(isOfPairs ? PAIR_VALUE : text[from] === "{" ? MAP_VALUE : LIST_VALUE)) {
    const value = match[2] ?? ""
    const start = from + match.index + match[0].length - 1 - value.length
    if (isHarmless(value)) continue
    yield* isList && !isOfPairs && value.includes("=")
      ? cookieSpans(value, start)
      : [{ start, end: start + value.length }]
  }
}
