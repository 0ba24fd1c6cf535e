import type { ConfigFault } from "../../../text/fault.ts"
import type { Gap, Word } from "./directive.ts"
import { type Statement, Tokens } from "./tokens.ts"

/** One text as it is written: nothing included, no place in the whole yet. */
export interface Written {
  readonly name: Word
  readonly args: readonly Word[]
  readonly block: readonly Written[] | undefined
  readonly end: number
  readonly inside: number
  /** Parts left out of the block, as evidence is often shortened: `...`. */
  readonly gaps: readonly Gap[]
}

export interface ParsedText {
  readonly directives: readonly Written[]
  readonly gaps: readonly Gap[]
  readonly faults: readonly ConfigFault[]
}

interface Open {
  readonly words: readonly Word[]
  readonly inside: number
  readonly items: Written[]
  readonly gaps: Gap[]
}

/** nginx itself nests locations without a limit; nobody writes this many. */
const DEEPEST = 100
const MOST_FAULTS = 20
const ELLIPSIS = /^(?:\.{3,}|…|\[(?:\.{3}|…)\]|<\.{3}>)$/

/** Reads all that can be read; every fault names its place and the way out. */
export function parseText(text: string, file: string): ParsedText {
  const tokens = new Tokens(text)
  const faults: ConfigFault[] = []
  const root: Open = { words: [], inside: 0, items: [], gaps: [] }
  const open: Open[] = [root]
  const fault = (line: number, column: number, message: string, hint: string): void => {
    faults.push({ severity: "error", source: { file, line, column, path: "" }, message, hint })
  }
  for (;;) {
    const top = open.at(-1) ?? root
    const statement = tokens.next()
    const words = elided(statement, top, file)
    const [name, ...args] = words
    switch (statement.ends) {
      case "fault":
        fault(statement.line, statement.column, statement.message, statement.hint)
        // What is cut off at the end is still told: evidence is often a piece.
        if (name !== undefined && statement.isLast)
          top.items.push({ name, args, block: undefined, end: statement.end, inside: statement.end, gaps: [] })
        if (faults.length >= MOST_FAULTS || statement.isLast) return closeAll(open, statement.end, faults)
        break
      case ";":
        if (name !== undefined)
          top.items.push({ name, args, block: undefined, end: statement.end, inside: statement.end, gaps: [] })
        break
      case "{": {
        if (name === undefined) break
        if (name.text.endsWith("_by_lua_block")) {
          if (!tokens.skipCode())
            fault(name.line, name.column, `the code of \`${name.text}\` is not closed`, "close it with `}`")
          top.items.push({ name, args, block: [], end: tokens.at, inside: tokens.at, gaps: [] })
          break
        }
        open.push({ words, inside: statement.end, items: [], gaps: [] })
        if (open.length > DEEPEST) {
          fault(
            name.line,
            name.column,
            `blocks are nested more than ${DEEPEST} deep`,
            "close the blocks above with `}`",
          )
          return closeAll(open, statement.end, faults)
        }
        break
      }
      case "}":
        if (open.length === 1) {
          const { line, column } = placeAt(text, statement.end - 1)
          fault(line, column, "`}` closes no block", "remove it, or open the block it was meant to close")
          if (faults.length >= MOST_FAULTS) return closeAll(open, statement.end, faults)
        } else close(open, statement.end)
        break
      case "nothing":
        for (const {
          words: [first],
        } of open.slice(1))
          if (first !== undefined)
            fault(first.line, first.column, `the block of \`${first.text}\` is not closed`, "close it with `}`")
        return closeAll(open, statement.end, faults)
    }
  }
}

/** Words that stand for a part left out are no words of a directive. */
function elided({ words }: Statement, { gaps }: Open, file: string): readonly Word[] {
  const kept = words.filter((it) => !ELLIPSIS.test(it.text))
  if (kept.length < words.length && kept[0] !== words[0]) {
    const { line, column } = words[0] ?? { line: 1, column: 1 }
    gaps.push({ what: "a part of the configuration is left out", at: { file, line, column, path: "" } })
    return kept
  }
  return words
}

function close(open: Open[], end: number): void {
  const closed = open.pop()
  const [name, ...args] = closed?.words ?? []
  if (closed !== undefined && name !== undefined)
    open.at(-1)?.items.push({ name, args, block: closed.items, end, inside: closed.inside, gaps: closed.gaps })
}

function closeAll(open: Open[], end: number, faults: readonly ConfigFault[]): ParsedText {
  while (open.length > 1) close(open, end)
  return { directives: open[0]?.items ?? [], gaps: open[0]?.gaps ?? [], faults }
}

function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") }
}
