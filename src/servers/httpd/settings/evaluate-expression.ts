import { UNKNOWN, type Unknown } from "../../../decision/value.ts"
import { isInside, networkOf } from "../access/network.ts"
import type { Expression, Node, Part } from "./expression.ts"

/** What an expression can ask of a request. */
export interface Asked {
  variable(name: string): string | Unknown
  call(name: string, argument: string): string | Unknown
}

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
