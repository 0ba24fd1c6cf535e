import type { Part } from "./expression.ts"

export type Token =
  | { readonly kind: "string"; readonly text: string; readonly parts: readonly Part[] }
  | { readonly kind: "regex"; readonly text: string; readonly isCaseless?: boolean }
  | { readonly kind: "name" | "sign" | "operator" | "unary"; readonly text: string }

const SIGNS: Readonly<Record<string, string>> = {
  "==": "==",
  "!=": "!=",
  "<=": "<=",
  ">=": ">=",
  "=~": "=~",
  "!~": "!~",
  "=": "==",
  "<": "<",
  ">": ">",
}
const LOGIC: Readonly<Record<string, string>> = { "&&": "&&", "||": "||", and: "&&", or: "||", not: "!", "!": "!" }
const WORDS: ReadonlySet<string> = new Set(["eq", "ne", "lt", "le", "gt", "ge", "in"])
const LONGEST = 8192

/** The words and signs of an expression (server/util_expr_scan.l); undefined for what httpd would not read either. */
export function tokensOf(text: string): readonly Token[] | undefined {
  if (text.length > LONGEST) return undefined
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ""
    if (char === " " || char === "\t" || char === "\n") {
      at++
      continue
    }
    const read = tokenAt(text, at, tokens.at(-1))
    if (read === undefined) return undefined
    tokens.push(read.token)
    at = read.next
  }
  return tokens
}

interface Read {
  readonly token: Token
  readonly next: number
}

function tokenAt(text: string, at: number, before: Token | undefined): Read | undefined {
  const char = text[at] ?? ""
  if (char === '"' || char === "'") return quoted(text, at)
  if (text.startsWith("%{", at)) return bare(text, at)
  if (before?.kind === "operator" && (before.text === "=~" || before.text === "!~")) return regexAt(text, at)
  const two = text.slice(at, at + 2)
  const sign = SIGNS[two] ?? LOGIC[two]
  if (sign !== undefined)
    return { token: { kind: LOGIC[two] === undefined ? "operator" : "sign", text: sign }, next: at + 2 }
  const one = SIGNS[char]
  if (one !== undefined) return { token: { kind: "operator", text: one }, next: at + 1 }
  if ("(){},!".includes(char)) return { token: { kind: "sign", text: char }, next: at + 1 }
  const number = /^-?\d{1,20}/.exec(text.slice(at, at + 24))?.[0]
  if (number !== undefined) return literal(number, at)
  const dashed = /^-([A-Za-z_][A-Za-z_0-9]*)/.exec(text.slice(at, at + 32))?.[1]
  if (dashed !== undefined) {
    const isUnary = dashed.length === 1
    return {
      token: { kind: isUnary ? "unary" : "operator", text: isUnary ? dashed : dashed.toLowerCase() },
      next: at + dashed.length + 1,
    }
  }
  const name = /^[A-Za-z][A-Za-z0-9_]*/.exec(text.slice(at, at + 128))?.[0]
  if (name === undefined) return undefined
  const logic = LOGIC[name]
  if (logic !== undefined) return { token: { kind: "sign", text: logic }, next: at + name.length }
  return { token: { kind: WORDS.has(name) ? "operator" : "name", text: name }, next: at + name.length }
}

const literal = (text: string, at: number): Read => ({
  token: { kind: "string", text, parts: [{ kind: "text", text }] },
  next: at + text.length,
})

function regexAt(text: string, at: number): Read | undefined {
  const start = text[at] === "m" ? at + 2 : at + 1
  const delimiter = text[start - 1] ?? ""
  if (text[at] !== "m" && delimiter !== "/") return undefined
  const end = text.indexOf(delimiter, start)
  if (end === -1) return undefined
  const isCaseless = text[end + 1] === "i"
  return { token: { kind: "regex", text: text.slice(start, end), isCaseless }, next: end + (isCaseless ? 2 : 1) }
}

function bare(text: string, at: number): Read | undefined {
  const variable = variableAt(text, at, 0)
  return variable === undefined
    ? undefined
    : { token: { kind: "string", text: "", parts: [variable.part] }, next: variable.next }
}

function quoted(text: string, at: number): Read | undefined {
  const read = partsUntil(text, at + 1, text[at] ?? "", 0)
  return read === undefined ? undefined : { token: { kind: "string", text: "", parts: read.parts }, next: read.next }
}

/** Letters and variables up to a delimiter; references to what a pattern caught are not read. */
function partsUntil(
  text: string,
  from: number,
  delimiter: string,
  depth: number,
): { readonly parts: readonly Part[]; readonly next: number } | undefined {
  const parts: Part[] = []
  let said = ""
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? ""
    if (char === delimiter) return { parts: [...parts, { kind: "text", text: said }], next: at + 1 }
    if (char === "\\") said += text[++at] ?? ""
    else if (char === "$" && /\d/.test(text[at + 1] ?? "")) return undefined
    else if (text.startsWith("%{", at)) {
      const variable = variableAt(text, at, depth + 1)
      if (variable === undefined) return undefined
      parts.push({ kind: "text", text: said }, variable.part)
      said = ""
      at = variable.next - 1
    } else said += char
  }
  return delimiter === "" ? { parts: [...parts, { kind: "text", text: said }], next: text.length } : undefined
}

function variableAt(
  text: string,
  at: number,
  depth: number,
): { readonly part: Part; readonly next: number } | undefined {
  const name = /^%\{([A-Za-z][A-Za-z0-9_]*)([:}])/.exec(text.slice(at, at + 128))
  if (name === null || depth > 8) return undefined
  const [whole, called = "", sign] = name
  if (sign === "}") return { part: { kind: "variable", name: called.toUpperCase() }, next: at + whole.length }
  const argument = partsUntil(text, at + whole.length, "}", depth)
  if (argument === undefined) return undefined
  return { part: { kind: "function", name: called, argument: argument.parts }, next: argument.next }
}
