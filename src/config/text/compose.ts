import { Composer, CST, type Document, Lexer, Parser } from "yaml"
import { DEEPEST, MOST_TOKENS } from "./limits.ts"
import type { Path } from "./path.ts"

/** What is wrong at an offset, before lines and paths are known. */
export interface Flaw {
  readonly severity: "error" | "warning"
  readonly offset: number
  readonly message: string
  readonly expected?: string
  readonly hint?: string
  readonly path?: Path
}

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Composed {
  readonly contents: Document.Parsed["contents"]
  readonly flaws: readonly Flaw[]
  readonly comments: readonly Range[]
}

/** YAML to nodes with positions, within bounds of depth and size; `text` has been masked and cleaned. */
export function compose(text: string): Composed {
  const { tokens, comments, flaw } = tokensOf(text)
  if (flaw !== undefined) return { contents: null, flaws: [flaw], comments }
  // Looking for equal keys here would take time by the square of their number; readTree looks, in one pass.
  const composer = new Composer({ uniqueKeys: false, prettyErrors: false, keepSourceTokens: true })
  const [first, second] = [...composer.compose(tokens, true, text.length)]
  const flaws = [
    ...firstAtEachOffset(first?.errors ?? []).map(({ code, message, pos }) => yamlFlaw("error", code, message, pos[0])),
    ...(first?.warnings ?? []).map(({ code, message, pos }) => yamlFlaw("warning", code, message, pos[0])),
    ...(second === undefined ? [] : [severalDocuments(second.range[0])]),
  ]
  return { contents: first?.contents ?? null, flaws, comments }
}

interface Tokens {
  readonly tokens: readonly CST.Token[]
  readonly comments: readonly Range[]
  readonly flaw?: Flaw
}

function tokensOf(text: string): Tokens {
  const tokens: CST.Token[] = []
  const comments: Range[] = []
  const parser = new Parser()
  let count = 0
  let before = ""
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset
    if (before !== CST.SCALAR && lexeme.startsWith("#")) comments.push({ start, end: start + lexeme.length })
    for (const token of parser.next(lexeme)) tokens.push(token)
    before = lexeme
    if (parser.stack.length > DEEPEST + 1) return { tokens, comments, flaw: tooDeep(start) }
    if (++count > MOST_TOKENS) return { tokens, comments, flaw: tooMuch(start) }
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens, comments }
}

/** The parser often says of one place what is wrong and what follows from that. */
function firstAtEachOffset<T extends { readonly pos: readonly [number, number] }>(errors: readonly T[]): readonly T[] {
  const seen = new Set<number>()
  return errors.filter(({ pos: [offset] }) => !seen.has(offset) && seen.add(offset))
}

const tooDeep = (offset: number): Flaw => ({
  severity: "error",
  offset,
  message: "this is nested too deep to be read",
  expected: `at most ${DEEPEST} levels`,
})

const tooMuch = (offset: number): Flaw => ({
  severity: "error",
  offset,
  message: "the file holds too much to be read; it was read up to here",
  expected: `at most ${MOST_TOKENS} words and signs`,
})

const severalDocuments = (offset: number): Flaw => ({
  severity: "error",
  offset,
  message: "a second document begins here",
  expected: "one document in a file",
  hint: 'remove the "---" line, or write the second document to a file of its own',
})

function yamlFlaw(severity: Flaw["severity"], code: string, message: string, offset: number): Flaw {
  const hint = HINTS[code]
  const words = `${message.slice(0, 1).toLowerCase()}${message.slice(1)}`
  return { severity, offset, message: words, ...(hint === undefined ? {} : { hint }) }
}

const HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "indent with spaces",
  BAD_INDENT: "lines of one list or map begin at the same column, and what is inside them further right",
  BAD_SCALAR_START: "put the value in quotation marks",
  BLOCK_AS_IMPLICIT_KEY: 'a value that holds ": " stands in quotation marks; otherwise begin a new line',
  MULTILINE_IMPLICIT_KEY: 'a name stands on one line and ends with ":"',
}
