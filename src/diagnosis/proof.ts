import type { Exhibits } from "../exhibits/exhibits.ts"
import type { Sight } from "../foreign/clue.ts"
import type { Proof } from "./answer.ts"

/** Longest quotation; longer lines are cut around what was found. */
const LONGEST = 300
const AROUND = 80

/** A claim with the whole line in which it was seen, or the part of a long line around it. */
export function proofOf({ from, quote }: Sight, says: string, { all }: Exhibits): Proof {
  const exhibit = all.find((it) => it.from === from && it.text.includes(quote))
  const text = exhibit?.text
  const at = text?.indexOf(quote) ?? -1
  if (text === undefined || at === -1 || quote.length === 0) return { from, says, quote }
  const [start, end] = lineAround(text, at, at + quote.length)
  const number = lineNumber(text, at)
  const line =
    exhibit?.lines !== undefined || text.includes("\n") ? { line: exhibit?.lines?.[number - 1] ?? number } : {}
  const isBlotted = exhibit?.blots?.some(([from, to]) => from < end && to > start) === true
  return isBlotted
    ? { from, says, ...line, span: [start, end] }
    : { from, says, ...line, quote: text.slice(start, end) }
}

function lineAround(text: string, from: number, to: number): readonly [number, number] {
  const lineStart = text.lastIndexOf("\n", from - 1) + 1
  const lineEnd = text.indexOf("\n", to)
  const end = lineEnd === -1 ? text.length : lineEnd
  if (end - lineStart <= LONGEST) return [lineStart, text[end - 1] === "\r" ? end - 1 : end]
  const start = Math.max(lineStart, from - AROUND)
  const cut = Math.min(end, Math.max(start + LONGEST, Math.min(to, start + 2 * LONGEST)))
  return [start === lineStart ? start : nextWord(text, start, from), cut === end ? cut : lastWord(text, to, cut)]
}

/** Whole words read better; where there is no blank near, words are cut. */
function nextWord(text: string, start: number, most: number): number {
  const blank = text.indexOf(" ", start)
  return blank === -1 || blank >= most ? start : blank + 1
}

function lastWord(text: string, least: number, cut: number): number {
  const blank = text.lastIndexOf(" ", cut)
  return blank <= least ? cut : blank
}

function lineNumber(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf("\n"); next !== -1 && next < at; next = text.indexOf("\n", next + 1)) line++
  return line
}
