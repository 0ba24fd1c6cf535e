/** A stretch of a logical line whose characters stand one after the other at one place of the file. */
interface Stretch {
  /** Offset in the logical line at which it begins. */
  readonly start: number
  readonly line: number
  readonly column: number
  /** Put there by a variable or a macro's parameter: all of it has the place of what it replaced. */
  readonly isInserted: boolean
}

/** One line as httpd reads it: continuations joined, blanks around it cut off, and still knowing where each character stands. */
export interface Line {
  readonly file: string
  readonly text: string
  readonly stretches: readonly Stretch[]
}

/** Line and column, both from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

export function placeAt({ stretches }: Line, offset: number): Place {
  let low = 0
  let high = stretches.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((stretches[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  const it = stretches[low]
  if (it === undefined) return { line: 1, column: 1 }
  return { line: it.line, column: it.isInserted ? it.column : it.column + (offset - it.start) }
}

/** All logical lines of a file that hold something (server/util.c `ap_cfg_getline`, `cfg_trim_line`). */
export function readLines(file: string, text: string): readonly Line[] {
  const lines: Line[] = []
  let joined = ""
  let stretches: Stretch[] = []
  let number = 0
  for (const written of text.replace(/^\uFEFF/, " ").split("\n")) {
    number++
    const line = written.endsWith("\r") ? written.slice(0, -1) : written
    stretches.push({ start: joined.length, line: number, column: 1, isInserted: false })
    if (line.endsWith("\\")) {
      joined += line.slice(0, -1)
      continue
    }
    joined += line
    push(lines, file, joined, stretches)
    joined = ""
    stretches = []
  }
  push(lines, file, joined, stretches)
  return lines
}

function push(lines: Line[], file: string, text: string, stretches: readonly Stretch[]): void {
  const body = text.trimEnd()
  const from = body.length - body.trimStart().length
  if (from === body.length) return
  lines.push(part({ file, text: body, stretches }, from, body.length))
}

/** A part of a line as a line of its own. */
function part({ file, text, stretches }: Line, from: number, to: number): Line {
  const kept: Stretch[] = []
  for (const [at, it] of stretches.entries()) {
    const end = stretches[at + 1]?.start ?? text.length
    if (end <= from || it.start >= to) continue
    const cut = Math.max(0, from - it.start)
    kept.push({ ...it, start: it.start + cut - from, column: it.isInserted ? it.column : it.column + cut })
  }
  return { file, text: text.slice(from, to), stretches: kept }
}

/** What comes in place of a part of a line. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly by: string
}

/** A line with some parts replaced, in order and without overlap. */
export function replaceIn(line: Line, replacements: readonly Replacement[]): Line {
  if (replacements.length === 0) return line
  let text = ""
  const stretches: Stretch[] = []
  const keep = (from: number, to: number): void => {
    if (to <= from) return
    for (const it of part(line, from, to).stretches) stretches.push({ ...it, start: it.start + text.length })
    text += line.text.slice(from, to)
  }
  let at = 0
  for (const { from, to, by } of replacements) {
    keep(at, from)
    stretches.push({ start: text.length, ...placeAt(line, from), isInserted: true })
    text += by
    at = to
  }
  keep(at, line.text.length)
  return { file: line.file, text, stretches }
}
