import { UNKNOWN, type Unknown } from "../../../decision/value.ts"
import { isInside, networkOf } from "../access/network.ts"
import { type Token, tokensOf } from "./expression-tokens.ts"
import { type Pattern, patternOf } from "./pattern.ts"

/** A text made of parts: letters as they stand, `%{VARIABLE}`, `%{function:argument}`. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "function"; readonly name: string; readonly argument: readonly Part[] }

type Node =
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

/** What an expression can ask of a request. */
export interface Asked {
  variable(name: string): string | Unknown
  call(name: string, argument: string): string | Unknown
}

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

/** By three values: what does not depend on what is unknown is known. */
export function evaluate({ node }: Expression, asked: Asked): boolean | Unknown {
  return node === undefined ? UNKNOWN : truth(node, asked)
}

function truth(node: Node, asked: Asked): boolean | Unknown {
  switch (node.kind) {
    case "constant":
      return node.value
    case "not": {
      const value = truth(node.of, asked)
      return value === UNKNOWN ? UNKNOWN : !value
    }
    case "and":
    case "or": {
      const decisive = node.kind === "or"
      const left = truth(node.left, asked)
      if (left === decisive) return decisive
      const right = truth(node.right, asked)
      return right === decisive ? decisive : left === UNKNOWN ? UNKNOWN : right
    }
    case "matches": {
      const text = textOf(node.left, asked)
      const found = text === UNKNOWN ? "unknown" : node.pattern.match(text)
      return found === "unknown" ? UNKNOWN : (found !== undefined) !== node.isNegated
    }
    case "in": {
      const text = textOf(node.left, asked)
      const list = node.list.map((it) => textOf(it, asked))
      if (text === UNKNOWN) return UNKNOWN
      if (list.includes(text)) return true
      return list.includes(UNKNOWN) ? UNKNOWN : false
    }
    case "unary": {
      const text = textOf(node.of, asked)
      return text === UNKNOWN ? UNKNOWN : unary(node.operator, text, asked)
    }
    case "compare": {
      const left = textOf(node.left, asked)
      const right = textOf(node.right, asked)
      return left === UNKNOWN || right === UNKNOWN ? UNKNOWN : compare(node.operator, left, right)
    }
  }
}

function textOf(parts: readonly Part[], asked: Asked): string | Unknown {
  let text = ""
  for (const it of parts) {
    const said = partOf(it, asked)
    if (said === UNKNOWN) return UNKNOWN
    text += said
  }
  return text
}

function partOf(part: Part, asked: Asked): string | Unknown {
  if (part.kind === "text") return part.text
  if (part.kind === "variable") return asked.variable(part.name)
  const argument = textOf(part.argument, asked)
  return argument === UNKNOWN ? UNKNOWN : asked.call(part.name.toLowerCase(), argument)
}

function unary(operator: string, text: string, asked: Asked): boolean | Unknown {
  switch (operator) {
    case "n":
      return text !== ""
    case "z":
      return text === ""
    case "T":
      return !(text === "" || text === "0" || /^(off|false|no)$/i.test(text))
    case "R": {
      const address = asked.variable("REMOTE_ADDR")
      return address === UNKNOWN || networkOf(text) === undefined ? UNKNOWN : isInside(address, [text])
    }
    default:
      return UNKNOWN
  }
}

function compare(operator: string, left: string, right: string): boolean | Unknown {
  switch (operator) {
    case "==":
      return left === right
    case "!=":
      return left !== right
    case "<":
      return left < right
    case "<=":
      return left <= right
    case ">":
      return left > right
    case ">=":
      return left >= right
    case "ipmatch":
      return networkOf(right) === undefined ? UNKNOWN : isInside(left, [right])
    default:
      return compareNumbers(operator, left, right)
  }
}

function compareNumbers(operator: string, left: string, right: string): boolean | Unknown {
  if (!/^-?\d{1,15}$/.test(left) || !/^-?\d{1,15}$/.test(right)) return UNKNOWN
  const difference = Number(left) - Number(right)
  switch (operator) {
    case "eq":
      return difference === 0
    case "ne":
      return difference !== 0
    case "lt":
      return difference < 0
    case "le":
      return difference <= 0
    case "gt":
      return difference > 0
    case "ge":
      return difference >= 0
    default:
      return UNKNOWN
  }
}
