import { compose } from "./compose.ts"
import type { ConfigFault } from "./fault.ts"
import type { Flaw, Range } from "./flaw.ts"
import { LONGEST, MOST_FAULTS } from "./limits.ts"
import { Lines } from "./lines.ts"
import { type Masked, mask } from "./mask.ts"
import { readTree } from "./read-tree.ts"
import type { Spot } from "./tree.ts"

/** A text taken apart, with `${…}` still as placeholders. */
export interface Parsed {
  readonly root: Spot | undefined
  readonly faults: readonly ConfigFault[]
  readonly lines: Lines
  readonly masked: Masked
  readonly comments: readonly Range[]
}

export function parse(text: string, file: string): Parsed {
  const lines = new Lines(text, file)
  const masked = text.length > LONGEST ? undefined : mask(text)
  const unreadable = {
    root: undefined,
    lines,
    masked: { original: text, text: "", references: [], placeholder: /$^/g },
  }
  if (masked === undefined) {
    const flaw = text.length > LONGEST ? tooLong : noPlaceholder
    return { ...unreadable, faults: [located(flaw, lines)], comments: [] }
  }
  const { clean, flaws } = withoutControls(masked.text)
  const { contents, flaws: syntax, comments } = compose(clean)
  const tree = readTree(contents, { ...masked, text: clean }, (offset) => lines.lineAt(offset))
  const faults = bounded([...flaws, ...syntax, ...tree.flaws]).map((flaw) => located(unmasked(flaw, masked), lines))
  return { root: tree.root, faults, lines, masked, comments }
}

/** What YAML forbids as a character, among it the three that its lexer uses as signals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for in order to be refused
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]+|\r(?!\n)/g

function withoutControls(text: string): { readonly clean: string; readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = []
  const clean = text.replace(CONTROLS, (run, offset: number) => {
    const code = run.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")
    const hint =
      run === "\r" ? "end lines with a line feed" : `remove it, or write it in quotation marks as "\\u${code}"`
    if (flaws.length <= MOST_FAULTS)
      flaws.push({ severity: "error", offset, message: `the control character U+${code} stands in the file`, hint })
    return "\uFFFD".repeat(run.length)
  })
  return { clean, flaws }
}

/** The first faults by place; a hostile file may have as many as it has bytes. */
function bounded(flaws: readonly Flaw[]): readonly Flaw[] {
  if (flaws.length <= MOST_FAULTS) return flaws
  const first = flaws.toSorted((a, b) => a.offset - b.offset).slice(0, MOST_FAULTS)
  const offset = first.at(-1)?.offset ?? 0
  return [...first, { severity: "error", offset, message: `${flaws.length - MOST_FAULTS} more faults are not listed` }]
}

/** YAML's own messages quote the text they were given. */
function unmasked(flaw: Flaw, { placeholder }: Masked): Flaw {
  return { ...flaw, message: flaw.message.replace(placeholder, `\${…}`) }
}

export function located({ offset, path, ...words }: Flaw, lines: Lines): ConfigFault {
  return { ...words, source: lines.source(offset, path ?? []) }
}

const tooLong: Flaw = {
  severity: "error",
  offset: 0,
  message: "the file is too long to be read",
  expected: `at most ${LONGEST / 1024 / 1024} MiB`,
}

const noPlaceholder: Flaw = {
  severity: "error",
  offset: 0,
  message: "the file uses all 6,400 private-use characters, and reading needs two of them",
}
