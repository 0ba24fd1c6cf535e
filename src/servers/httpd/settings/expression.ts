import { type Token, tokensOf } from "./expression-tokens.ts"
import { type Pattern, patternOf } from "./pattern.ts"

/** A text made of parts: letters as they stand, `%{VARIABLE}`, `%{function:argument}`. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string; readonly argument: readonly Part[] }

/** What is asked, as a tree. */
export type Node =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly of: Node }
  | { readonly kind: "and" | "or"; readonly left: Node; readonly right: Node }
  | {
      readonly kind: "compare"
      readonly operator: string
      readonly left: readonly Part[]
      readonly right: readonly Part[]
    }
  | { readonly kind: "matches"; readonly isNegated: boolean; readonly left: readonly Part[]; readonly pattern: Pattern }
  | { readonly kind: "in"; readonly left: readonly Part[]; readonly list: readonly (readonly Part[])[] }
  | { readonly kind: "unary"; readonly operator: string; readonly of: readonly Part[] }

/** An expression of `<If>` or `Require expr` (ap_expr). `node` is undefined for what is not read here. */
export interface Expression {
  readonly written: string
  readonly node: Node | undefined
}

/** Negations and brackets within one another. */
const DEEPEST = 64

export function readExpression(written: string): Expression {
  const tokens = tokensOf(written)
  const node = tokens === undefined ? undefined : new Reader(tokens).read()
  return { written, node }
}

class Reader {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  read(): Node | undefined {
    const node = this.#or()
    return this.#at === this.#tokens.length ? node : undefined
  }

  #or(): Node | undefined {
    let left = this.#and()
    while (left !== undefined && this.#take("||")) {
      const right = this.#and()
      left = right === undefined ? undefined : { kind: "or", left, right }
    }
    return left
  }

  #and(): Node | undefined {
    let left = this.#not()
    while (left !== undefined && this.#take("&&")) {
      const right = this.#not()
      left = right === undefined ? undefined : { kind: "and", left, right }
    }
    return left
  }

  #not(): Node | undefined {
    if (++this.#depth > DEEPEST) return undefined
    const node = this.#take("!") ? negated(this.#not()) : this.#single()
    this.#depth--
    return node
  }

  #single(): Node | undefined {
    if (this.#take("(")) {
      const inner = this.#or()
      return this.#take(")") ? inner : undefined
    }
    const token = this.#tokens[this.#at]
    if (token?.kind === "name" && (token.text === "true" || token.text === "false") && !this.#isOperatorNext()) {
      this.#at++
      return { kind: "constant", value: token.text === "true" }
    }
    if (token?.kind === "unary") {
      this.#at++
      const of = this.#word()
      return of === undefined ? undefined : { kind: "unary", operator: token.text, of }
    }
    const left = this.#word()
    return left === undefined ? undefined : this.#comparison(left)
  }

  #isOperatorNext(): boolean {
    return this.#tokens[this.#at + 1]?.kind === "operator" || this.#tokens[this.#at + 1]?.text === "("
  }

  #comparison(left: readonly Part[]): Node | undefined {
    const token = this.#tokens[this.#at++]
    if (token?.kind !== "operator") return undefined
    if (token.text === "=~" || token.text === "!~") {
      const regex = this.#tokens[this.#at++]
      if (regex?.kind !== "regex") return undefined
      const pattern = patternOf(regex.text, regex.isCaseless === true)
      return { kind: "matches", isNegated: token.text === "!~", left, pattern }
    }
    if (token.text === "in") return this.#list(left)
    const right = this.#word()
    return right === undefined ? undefined : { kind: "compare", operator: token.text, left, right }
  }

  #list(left: readonly Part[]): Node | undefined {
    if (!this.#take("{")) return undefined
    const list: (readonly Part[])[] = []
    do {
      const word = this.#word()
      if (word === undefined) return undefined
      list.push(word)
    } while (this.#take(","))
    return this.#take("}") ? { kind: "in", left, list } : undefined
  }

  #word(): readonly Part[] | undefined {
    const token = this.#tokens[this.#at]
    if (token === undefined) return undefined
    if (token.kind === "string") {
      this.#at++
      return token.parts
    }
    if (token.kind !== "name" || this.#tokens[this.#at + 1]?.text !== "(") return undefined
    this.#at += 2
    const argument = this.#word()
    if (argument === undefined || !this.#take(")")) return undefined
    return [{ kind: "function", name: token.text, argument }]
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at]
    const is = token !== undefined && token.kind !== "string" && token.kind !== "regex" && token.text === text
    if (is) this.#at++
    return is
  }
}

const negated = (of: Node | undefined): Node | undefined => (of === undefined ? undefined : { kind: "not", of })
