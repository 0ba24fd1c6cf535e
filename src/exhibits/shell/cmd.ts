import { MOST_WORDS } from "../limits.ts"
import type { Command, Word } from "./word.ts"

/**
 * Reads one command as Windows does: `cmd.exe` takes its `^` away first, and the program's runtime splits what is left
 * into words, where `\"` is a quotation mark and `""` within quotation marks is one too.
 */
export function cmdCommand(text: string, from = 0): Command {
  const { signs, places, end } = withoutCarets(text, from)
  const words: Word[] = []
  let at = 0
  while (at < signs.length && words.length < MOST_WORDS) {
    while (isBlank(signs[at])) at++
    if (at >= signs.length) break
    const first = at
    const parts: string[] = []
    for (let isQuoted = false; at < signs.length && (isQuoted || !isBlank(signs[at])); ) {
      const { value, next, turns } = readSign(signs, at, isQuoted)
      parts.push(value)
      at = next
      if (turns) isQuoted = !isQuoted
    }
    const last = places[at - 1] ?? end - 1
    words.push({ value: parts.join(""), start: places[first] ?? from, end: last + 1 })
  }
  return { words, end }
}

const isBlank = (sign: string | undefined): boolean => sign === " " || sign === "\t"

interface Uncareted {
  readonly signs: readonly string[]
  /** Where each of `signs` is written. */
  readonly places: readonly number[]
  readonly end: number
}

function withoutCarets(text: string, from: number): Uncareted {
  const signs: string[] = []
  const places: number[] = []
  let isQuoted = false
  let at = from
  for (; at < text.length; at++) {
    let sign = text[at] ?? ""
    let isLiteral = false
    if (sign === "^" && !isQuoted) {
      at++
      if (text[at] === "\r" && text[at + 1] === "\n") at++
      // A caret at a line's end continues it, and the sign that begins the next line stands for itself.
      if (text[at] === "\n") {
        signs.push(" ")
        places.push(at)
        if (text[at + 1] !== "\n" && text[at + 1] !== "\r") continue
        at++
      }
      sign = text[at] ?? ""
      isLiteral = true
    }
    if (!isLiteral && (sign === "\n" || (!isQuoted && "&|<>".includes(sign)))) break
    if (!isLiteral && sign === '"') isQuoted = !isQuoted
    if (sign !== "" && sign !== "\r") {
      signs.push(sign)
      places.push(at)
    }
  }
  return { signs, places, end: Math.min(at, text.length) }
}

interface Sign {
  readonly value: string
  readonly next: number
  /** Whether it begins or ends a quotation. */
  readonly turns: boolean
}

function readSign(signs: readonly string[], at: number, isQuoted: boolean): Sign {
  const sign = signs[at] ?? ""
  if (sign === '"' && isQuoted && signs[at + 1] === '"') return { value: '"', next: at + 2, turns: false }
  if (sign === '"') return { value: "", next: at + 1, turns: true }
  if (sign !== "\\") return { value: sign, next: at + 1, turns: false }
  let end = at
  while (signs[end] === "\\") end++
  const count = end - at
  if (signs[end] !== '"') return { value: "\\".repeat(count), next: end, turns: false }
  const half = "\\".repeat(count >> 1)
  return count % 2 === 1 ? { value: `${half}"`, next: end + 1, turns: false } : { value: half, next: end, turns: false }
}
