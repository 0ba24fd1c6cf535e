import { MOST_WORDS } from "../limits.ts"
import { escaped } from "./escapes.ts"
import type { Command, Word } from "./word.ts"

/** Reads one command as bash does, up to the line's end, `;`, `|` or `&`. What is not closed goes on to the end. */
export function bashCommand(text: string, from = 0): Command {
  const words: Word[] = []
  let at = from
  while (at < text.length && words.length < MOST_WORDS) {
    const gap = skipGap(text, at)
    at = gap
    const sign = text[at]
    if (sign === undefined || "\n;|&()".includes(sign)) break
    if (sign === "#") {
      at = lineEnd(text, at)
      break
    }
    const redirected = afterRedirection(text, at)
    if (redirected !== undefined) {
      at = redirected
      continue
    }
    const { value, end } = readWord(text, at)
    words.push({ value, start: at, end })
    at = end
  }
  return { words, end: at }
}

const lineEnd = (text: string, at: number): number => {
  const found = text.indexOf("\n", at)
  return found < 0 ? text.length : found
}

/** Blanks and continued lines. */
function skipGap(text: string, from: number): number {
  let at = from
  for (;;) {
    const sign = text[at]
    if (sign === " " || sign === "\t" || sign === "\r") at++
    else if (sign === "\\" && text[at + 1] === "\n") at += 2
    else if (sign === "\\" && text[at + 1] === "\r" && text[at + 2] === "\n") at += 3
    else return at
  }
}

/** Behind `>file`, `2>&1` or `<<EOF`, which belong to the shell and not to the command; undefined for anything else. */
function afterRedirection(text: string, from: number): number | undefined {
  const operator = /^\d?(?:<<<|<<-|<<|>>|[<>]&(?:\d|-)|[<>]\|?)/.exec(text.slice(from, from + 5))?.[0]
  if (operator === undefined) return undefined
  const end = from + operator.length
  return operator.includes("&") ? end : readWord(text, skipGap(text, end)).end
}

function readWord(text: string, from: number): { readonly value: string; readonly end: number } {
  const parts: string[] = []
  let at = from
  for (;;) {
    const sign = text[at]
    if (sign === undefined || " \t\r\n;|&<>()".includes(sign)) break
    const piece = readPiece(text, at, sign)
    parts.push(piece.value)
    at = piece.end
  }
  return { value: parts.join(""), end: at }
}

interface Piece {
  readonly value: string
  readonly end: number
}

function readPiece(text: string, at: number, sign: string): Piece {
  if (sign === "'") return singleQuoted(text, at + 1)
  if (sign === '"') return doubleQuoted(text, at + 1)
  if (sign === "$" && text[at + 1] === "'") return dollarQuoted(text, at + 2)
  if (sign === "$" && text[at + 1] === '"') return doubleQuoted(text, at + 2)
  if (sign === "$" && text[at + 1] === "(") return substituted(text, at)
  if (sign === "\\") return backslashed(text, at)
  let end = at + 1
  while (end < text.length && !" \t\r\n;|&<>()'\"\\$".includes(text[end] ?? "")) end++
  return { value: text.slice(at, end), end }
}

function backslashed(text: string, at: number): Piece {
  const next = text[at + 1]
  if (next === "\n") return { value: "", end: at + 2 }
  if (next === "\r" && text[at + 2] === "\n") return { value: "", end: at + 3 }
  return next === undefined ? { value: "\\", end: at + 1 } : { value: next, end: at + 2 }
}

function singleQuoted(text: string, from: number): Piece {
  const close = text.indexOf("'", from)
  return close < 0 ? { value: text.slice(from), end: text.length } : { value: text.slice(from, close), end: close + 1 }
}

function doubleQuoted(text: string, from: number): Piece {
  const parts: string[] = []
  let at = from
  while (at < text.length) {
    const stop = nextOf(text, at, '"', "\\")
    parts.push(text.slice(at, stop))
    at = stop
    if (text[at] === '"') return { value: parts.join(""), end: at + 1 }
    const next = text[at + 1]
    if (next === undefined) break
    if (next === "\n") at += 2
    else {
      parts.push('$`"\\'.includes(next) ? next : `\\${next}`)
      at += 2
    }
  }
  return { value: parts.join(""), end: text.length }
}

function dollarQuoted(text: string, from: number): Piece {
  const parts: string[] = []
  let at = from
  while (at < text.length) {
    const stop = nextOf(text, at, "'", "\\")
    parts.push(text.slice(at, stop))
    at = stop
    if (text[at] === "'") return { value: parts.join(""), end: at + 1 }
    if (at >= text.length) break
    const { value, end } = escaped(text, at)
    parts.push(value)
    at = end
  }
  return { value: parts.join(""), end: text.length }
}

/** `$(command)`: what it would answer is not known, so it stays as written. */
function substituted(text: string, from: number): Piece {
  let depth = 0
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "(") depth++
    else if (text[at] === ")" && --depth === 0) return { value: text.slice(from, at + 1), end: at + 1 }
  }
  return { value: text.slice(from), end: text.length }
}

function nextOf(text: string, from: number, one: string, other: string): number {
  let at = from
  while (at < text.length && text[at] !== one && text[at] !== other) at++
  return at
}
