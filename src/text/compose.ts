import { Composer, CST, type Document, Lexer, Parser } from "yaml"
import type { Flaw, Range } from "./flaw.ts"
import { DEEPEST, MOST_TOKENS } from "./limits.ts"
import { yamlFlaw } from "./yaml-flaw.ts"

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
