import type { Source } from "../decision/source.ts"
import { excerpt, visible } from "./excerpt.ts"

/** One thing wrong with a configuration, at the place where it is written. Never holds a value from the environment. */
export interface ConfigFault {
  readonly severity: "error" | "warning"
  readonly source: Source
  /** What is wrong. */
  readonly message: string
  /** What would be right. */
  readonly expected?: string
  /** What was probably meant, or what to do. */
  readonly hint?: string
}

/** A fault as tools read it: the place flat beside the words. */
export interface FaultJson extends Source {
  readonly severity: "error" | "warning"
  readonly message: string
  readonly expected?: string
  readonly hint?: string
}

export function faultsJson(faults: readonly ConfigFault[]): readonly FaultJson[] {
  return sorted(faults).map(({ source, ...words }) => ({ ...source, ...words }))
}

/** All faults by place, each with its line of `text`, for a terminal; ends without a line break. */
export function printFaults(faults: readonly ConfigFault[], text: string, { color }: { color: boolean }): string {
  const lines = text.split(/\r?\n/)
  const paint: Paint = color ? (code, words) => `\u001b[${code}m${words}\u001b[0m` : (_, words) => words
  return sorted(faults)
    .map((fault) => printed(fault, lines, paint))
    .join("\n\n")
}

type Paint = (code: string, words: string) => string

const BOLD = "1"
const DIM = "2"
const TONE = { error: "1;31", warning: "1;33" } as const

function printed(fault: ConfigFault, lines: readonly string[], paint: Paint): string {
  const { severity, source, message, expected, hint } = fault
  const head = `${paint(BOLD, visible(placed(source)))} ${paint(TONE[severity], severity)}  ${visible(message)}`
  const told = [
    ...(expected === undefined ? [] : [`  expected: ${visible(expected)}`]),
    ...(hint === undefined ? [] : [`  hint: ${visible(hint)}`]),
  ]
  return [head, ...quoted(source, lines, paint, TONE[severity]), ...told].join("\n")
}

function quoted(source: Source, lines: readonly string[], paint: Paint, tone: string): readonly string[] {
  const { line, column } = source
  const written = line === undefined ? undefined : lines[line - 1]
  if (line === undefined || column === undefined || written === undefined) return []
  const { shown, caretAt } = excerpt(line === 1 ? written.replace(/^\uFEFF/, "") : written, column)
  const gutter = String(line)
  return [
    `  ${paint(DIM, `${gutter} |`)} ${shown}`,
    `  ${paint(DIM, `${" ".repeat(gutter.length)} |`)} ${" ".repeat(caretAt)}${paint(tone, "^")}`,
  ]
}

function placed({ file, line, column, path }: Source): string {
  if (line === undefined) return path === "" ? file : `${file} ${path}`
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
}

function sorted(faults: readonly ConfigFault[]): readonly ConfigFault[] {
  return faults.toSorted(
    ({ source: a }, { source: b }) =>
      order(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  )
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
