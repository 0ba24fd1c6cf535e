import { Ahead } from "./ahead.ts"
import { STEM, secrecyOf } from "./names.ts"
import type { Span } from "./span.ts"
import { valueAt } from "./value-at.ts"
import { valueSpans } from "./value-spans.ts"
import { isHarmless, isRandom } from "./values.ts"

const AFTER_NAME =
  /(?:\]|%5D|\}|\))?(?:[\\^`]{0,8}["']|&quot;|%22)?[ \t]{0,40}(=>|:=|[=!]={1,2}|!?~\*?|:(?!:)|=|%3A|%3D)[ \t]{0,40}/iy
const LETTER = /[A-Za-z0-9_.-]/

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
