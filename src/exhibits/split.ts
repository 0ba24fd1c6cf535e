import type { Piece } from "./assemble.ts"
import { type Kind, kindOfLine, kindOfName, kindOfWhole, partOf } from "./classify.ts"
import { jsonOf } from "./json.ts"
import { type Line, linesOf } from "./lines.ts"
import { commandsIn } from "./request/command-line.ts"
import { readCommand } from "./shell/command.ts"

/** Lines between the brackets of one JSON value, or of one call, at most. */
const MOST_SPANNED = 20_000

/** Times the length of a paste that is looked ahead for what closes a bracket: each of many lines may open one and none close it. */
const MOST_AHEAD = 2

/** Characters that may still be looked ahead. */
interface Looking {
  left: number
}

interface Group {
  readonly kind: Kind
  readonly lines: Line[]
}

/**
 * Splits what someone pasted, or a file, into pieces by what they are: a command, then its output, then log lines. Each
 * piece is named by where it begins (`paste:12`); a file whose name tells what it is stays one.
 */
export function splitPaste(text: string, from: string, name?: string): readonly Piece[] {
  const whole = (name === undefined ? undefined : kindOfName(name)) ?? kindOfWhole(text)
  if (whole !== undefined) return text.trim() === "" ? [] : [{ part: partOf(whole), from, text }]
  const groups = grouped(text)
  return groups.map((group) => pieceOf(group, text, groups.length === 1 ? from : undefined, from))
}

function grouped(text: string): readonly Group[] {
  const lines = linesOf(text)
  const groups: Group[] = []
  const looking = { left: MOST_AHEAD * text.length }
  for (let at = 0; at < lines.length; ) {
    const { kind, count } = spanAt(lines, at, text, looking)
    const here = lines.slice(at, at + count)
    const last = groups.at(-1)
    const isBlank = here.every((it) => it.text.trim() === "")
    if (last !== undefined && (isBlank || goesOn(last, kind))) last.lines.push(...here)
    else if (!isBlank) groups.push({ kind: kind ?? "note", lines: here })
    at += count
  }
  return groups
}

interface Spanned {
  readonly kind: Kind | undefined
  readonly count: number
}

/** What begins at this line, and how many lines belong to it whatever they look like by themselves. */
function spanAt(lines: readonly Line[], at: number, text: string, looking: Looking): Spanned {
  const line = lines[at]
  if (line === undefined) return { kind: undefined, count: 1 }
  const kind = kindOfLine(line.text)
  if (kind === "command") return { kind, count: countUntil(lines, at, commandEnd(text, line)) }
  if (kind === "fetch call") return { kind, count: callCount(lines, at, looking) }
  if (kind === undefined && /^\s*[{[]\s*$|^\s*[{[]/.test(line.text)) return jsonSpan(lines, at, looking)
  return { kind, count: 1 }
}

/** A line that nothing is known of belongs to what stands before it, as does one of the same kind. */
function goesOn({ kind, lines }: Group, next: Kind | undefined): boolean {
  if (next === kind) return kind !== "command" && kind !== "address" && kind !== "fetch call"
  if (next === undefined) return kind !== "command" && kind !== "address" && kind !== "fetch call" && kind !== "JSON"
  if (kind === "response" || kind === "request") return next === "headers" || (isBodyOf(next) && lines.length > 1)
  if (kind === "transcript") return next === "headers" || isBodyOf(next)
  if (kind === "HTML" || kind === "XML") return isBodyOf(next)
  if (kind === "YAML") return next === "headers" || next === "httpd configuration" || next === "haproxy configuration"
  if (kind === "haproxy configuration") return next === "httpd configuration"
  return kind === "headers" && isBodyOf(next)
}

const isBodyOf = (kind: Kind): boolean => kind === "JSON" || kind === "HTML" || kind === "XML"

function commandEnd(text: string, line: Line): number {
  const first = commandsIn(text.slice(line.start, line.end)).next()
  return first.done ? line.end : readCommand(first.value.shell, text, line.start + first.value.words).end
}

function countUntil(lines: readonly Line[], at: number, end: number): number {
  let count = 1
  while ((lines[at + count]?.start ?? Number.POSITIVE_INFINITY) < end) count++
  return count
}

/** A call ends where its line does, or at the line that closes it. */
function callCount(lines: readonly Line[], at: number, looking: Looking): number {
  if (/\)\s*;?\s*$/.test(lines[at]?.text ?? "")) return 1
  for (let count = 1; count < MOST_SPANNED; count++) {
    const text = lines[at + count]?.text
    looking.left -= (text?.length ?? 0) + 1
    if (text === undefined || looking.left < 0) return 1
    if (/^\s*[}\])]*\)\s*;?\s*$/.test(text)) return count + 1
  }
  return 1
}

/** JSON set out over several lines, up to the bracket that closes it. */
function jsonSpan(lines: readonly Line[], at: number, looking: Looking): Spanned {
  let depth = 0
  const taken: string[] = []
  for (let next = at; next < at + MOST_SPANNED; next++) {
    const text = lines[next]?.text
    looking.left -= (text?.length ?? 0) + 1
    if (text === undefined || looking.left < 0) break
    taken.push(text)
    for (const sign of text.replace(/"(?:[^"\\]|\\.)*"/g, "")) {
      if (sign === "{" || sign === "[") depth++
      else if (sign === "}" || sign === "]") depth--
    }
    if (depth > 0) continue
    const whole = taken.join("\n")
    return jsonOf(whole) === undefined
      ? { kind: undefined, count: 1 }
      : { kind: kindOfWhole(whole), count: taken.length }
  }
  return { kind: undefined, count: 1 }
}

function pieceOf({ kind, lines }: Group, text: string, only: string | undefined, from: string): Piece {
  const kept = lines.slice(0, lines.findLastIndex((it) => it.text.trim() !== "") + 1)
  const first = kept[0]
  const last = kept.at(-1)
  const piece = text.slice(first?.start ?? 0, last === undefined ? 0 : last.start + last.text.length)
  const part = partOf(kind)
  if (only !== undefined && first?.number === 1) return { part, from: only, text: piece }
  return part === "log"
    ? { part, from, text: piece, lines: kept.map((it) => it.number) }
    : { part, from: `${from}:${first?.number ?? 1}`, text: piece }
}
