import type { Ahead } from "./ahead.ts"
import type { Span } from "./span.ts"
import { cookieSpans } from "./value-spans.ts"
import { isHarmless } from "./values.ts"

/** Lines without their indentation. */
export function* lineSpans(text: string, from: number, to: number): Generator<Span> {
  for (const { 0: line, index } of text.slice(from, to).matchAll(/[^\s][^\n]*/g))
    if (!isHarmless(line)) yield { start: from + index, end: from + index + line.length }
}

/** How far a list or map of cookies or credentials is looked through. */
const MOST_LISTED = 200_000

/** Texts in a list, or values of a map, that stands where a credential is meant. */
export function listedAt(ahead: Ahead, from: number): Iterable<Span> {
  const sign = ahead.text[from]
  const found = ahead.next(sign === "[" ? "]" : sign === "(" ? ")" : "}", from)
  const end = found < 0 || found - from > MOST_LISTED ? from + 1 : found
  // A list within one that was looked through has been too.
  if (end <= ahead.listedUntil) return []
  ahead.listedUntil = end
  return listed(ahead.text, from, end)
}

// One that is not closed ends with its line: looked for again from each later quotation mark it would take the square.
const QUOTED = String.raw`(["'])((?:(?!\1)[^\\\n]|\\[^\n])*)(\1|(?=\\?(?:\n|$)))`
const MAP_VALUE = new RegExp(`:\\s{0,40}${QUOTED}`, "g")
const PAIR_VALUE = new RegExp(`"value"\\s{0,40}:\\s{0,40}${QUOTED}`, "g")
const LIST_VALUE = new RegExp(QUOTED, "g")

function* listed(text: string, from: number, end: number): Generator<Span> {
  const isList = text[from] === "["
  const isOfPairs = isList && /^\[\s{0,40}\{/.test(text.slice(from, from + 48))
  for (const match of text
    .slice(from, end)
    .matchAll(isOfPairs ? PAIR_VALUE : text[from] === "{" ? MAP_VALUE : LIST_VALUE)) {
    const value = match[2] ?? ""
    const start = from + match.index + match[0].length - (match[3]?.length ?? 0) - value.length
    if (isHarmless(value)) continue
    yield* isList && !isOfPairs && value.includes("=")
      ? cookieSpans(value, start)
      : [{ start, end: start + value.length }]
  }
}
