import { MOST_WORDS } from "../limits.ts"
import type { Command, Word } from "./word.ts"

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
}

/** A word, or a sign of a `@{…}` or `@(…)` literal. */
export interface PowerShellToken extends Word {
  readonly kind: "word" | "text" | "sign"
}

/** Reads one command; a line break within `@{…}`, `(…)` or behind a backtick does not end it. */
export function powershellTokens(text: string, from = 0): { tokens: readonly PowerShellToken[]; end: number } {
  const tokens: PowerShellToken[] = []
  let depth = 0
  let at = from
  while (at < text.length && tokens.length < MOST_WORDS) {
    const sign = text[at] ?? ""
    const wide = text.slice(at, at + 2)
    if (sign === "`" && /^`[ \t]*\r?\n/.test(text.slice(at, at + 80))) at = text.indexOf("\n", at) + 1
    else if (sign === " " || sign === "\t" || sign === "\r") at++
    else if (sign === "\n" || sign === ";") {
      if (depth === 0) break
      tokens.push({ kind: "sign", value: ";", start: at, end: ++at })
    } else if (sign === "|" && depth === 0) break
    else if (wide === "@{" || wide === "@(" || sign === "{" || sign === "(") {
      depth++
      const end = at + (sign === "@" ? 2 : 1)
      tokens.push({ kind: "sign", value: sign === "@" ? wide : sign, start: at, end })
      at = end
    } else if ("})".includes(sign)) {
      depth = Math.max(0, depth - 1)
      tokens.push({ kind: "sign", value: sign, start: at, end: ++at })
    } else if (sign === "=" && depth > 0) tokens.push({ kind: "sign", value: "=", start: at, end: ++at })
    else {
      const token = readToken(text, at, depth > 0)
      tokens.push(token)
      at = token.end
    }
  }
  return { tokens, end: at }
}

/** For a program such as `curl.exe`: its words, where `\"` is a quotation mark as its runtime has it. */
export function powershellCommand(text: string, from = 0): Command {
  const { tokens, end } = powershellTokens(text, from)
  return { words: tokens.map(({ value, ...place }) => ({ ...place, value: value.replaceAll('\\"', '"') })), end }
}

function readToken(text: string, from: number, isInLiteral: boolean): PowerShellToken {
  const parts: string[] = []
  const first = text[from]
  let at = from
  while (at < text.length) {
    const sign = text[at] ?? ""
    if (" \t\r\n;|})".includes(sign) || (isInLiteral && at > from && "=,".includes(sign))) break
    if (sign === "'" || sign === '"') {
      const { value, end } = sign === "'" ? singleQuoted(text, at + 1) : doubleQuoted(text, at + 1)
      parts.push(value)
      at = end
    } else if (sign === "`") {
      parts.push(text[at + 1] ?? "")
      at += 2
    } else {
      parts.push(sign)
      at++
    }
  }
  const end = Math.max(Math.min(at, text.length), from + 1)
  return { kind: first === "'" || first === '"' ? "text" : "word", value: parts.join(""), start: from, end }
}

interface Quoted {
  readonly value: string
  readonly end: number
}

function singleQuoted(text: string, from: number): Quoted {
  const parts: string[] = []
  for (let at = from; ; ) {
    const close = text.indexOf("'", at)
    if (close < 0) return { value: parts.join("") + text.slice(at), end: text.length }
    parts.push(text.slice(at, close))
    if (text[close + 1] !== "'") return { value: parts.join(""), end: close + 1 }
    parts.push("'")
    at = close + 2
  }
}

function doubleQuoted(text: string, from: number): Quoted {
  const parts: string[] = []
  let at = from
  while (at < text.length) {
    const sign = text[at] ?? ""
    if (sign === "`") {
      const next = text[at + 1] ?? ""
      parts.push(Object.hasOwn(ESCAPES, next) ? (ESCAPES[next] ?? next) : next)
      at += 2
    } else if (sign === '"' && text[at + 1] === '"') {
      parts.push('"')
      at += 2
    } else if (sign === "\\" && text[at + 1] === '"' && /["\s]/.test(text[at + 2] ?? "") === false) {
      // Written for the program's runtime, which older PowerShells do not spare: `"{\"a\":1}"`.
      parts.push('\\"')
      at += 2
    } else if (sign === '"') return { value: parts.join(""), end: at + 1 }
    else {
      parts.push(sign)
      at++
    }
  }
  return { value: parts.join(""), end: text.length }
}
