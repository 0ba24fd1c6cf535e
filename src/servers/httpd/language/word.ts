import { type Line, type Place, placeAt } from "./line.ts"

/** One argument: what it says, and where and how it is written. */
export interface Word extends Place {
  readonly text: string
  /** As written, with its quotation marks. */
  readonly written: string
}

/** A word taken from a line at an offset, and where the next begins (server/util.c `ap_getword_conf`). */
function wordAt(line: Line, from: number): { readonly word: Word; readonly next: number } {
  const { text } = line
  const quote = text[from]
  const isQuoted = quote === '"' || quote === "'"
  let said = ""
  let at = isQuoted ? from + 1 : from
  while (at < text.length) {
    const char = text[at] ?? ""
    const after = text[at + 1]
    if (isQuoted ? char === quote : isBlank(char)) break
    if (char === "\\" && (after === "\\" || (isQuoted && after === quote))) {
      said += after
      at += 2
      continue
    }
    said += char
    at++
  }
  if (isQuoted && text[at] === quote) at++
  return { word: { text: said, written: text.slice(from, at), ...placeAt(line, from) }, next: skipBlanks(text, at) }
}

const isBlank = (char: string): boolean => char === " " || (char >= "\t" && char <= "\r")

export function skipBlanks(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlank(text[at] ?? "")) at++
  return at
}

/** All words from an offset to the end of the line. */
export function wordsFrom(line: Line, from: number): readonly Word[] {
  const words: Word[] = []
  let at = skipBlanks(line.text, from)
  while (at < line.text.length) {
    const { word, next } = wordAt(line, at)
    words.push(word)
    at = next
  }
  return words
}

/** The words of a text that is no line of a file, such as a list inside one argument. */
export const wordsOf = (text: string): readonly string[] =>
  wordsFrom({ file: "", text, stretches: [] }, 0).map((it) => it.text)
