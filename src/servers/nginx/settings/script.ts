import { type Pattern, patternOf } from "../../values/pattern.ts"
import type { Directive } from "../syntax/directive.ts"
import { type Template, templateOf } from "../values/template.ts"
import type { Settings } from "./settings.ts"

/** One step of what the rewrite module does, in the order it is written. */
export type Operation =
  | {
      readonly kind: "set"
      readonly name: string
      readonly value: Template
      readonly directive: Directive
      readonly within: Branch | undefined
    }
  | { readonly kind: "break"; readonly directive: Directive }
  | Return
  | Rewrite
  | Branch
  | { readonly kind: "unmodelled"; readonly directive: Directive }

export interface Return {
  readonly kind: "return"
  readonly status: number
  /** Sent as the body, or where to redirect to. Undefined: nginx's own page, or an error page. */
  readonly text: Template | undefined
  readonly directive: Directive
  /** The `if` it stands in. */
  readonly within: Branch | undefined
}

export interface Rewrite {
  readonly kind: "rewrite"
  readonly pattern: Pattern
  readonly path: Template
  /** What replaces the query, where the replacement names one. */
  readonly args: Template | undefined
  readonly keepsArgs: boolean
  readonly then: "go on" | "last" | "break" | 301 | 302
  readonly directive: Directive
}

export interface Branch {
  readonly kind: "if"
  readonly condition: Condition
  readonly body: readonly Operation[]
  /** What holds from here on; undefined in a server, where only the script goes on inside. */
  readonly settings: Settings | undefined
  readonly directive: Directive
}

export type Condition =
  | { readonly kind: "true"; readonly name: string }
  | { readonly kind: "equals"; readonly name: string; readonly to: Template; readonly isNegated: boolean }
  | { readonly kind: "matches"; readonly name: string; readonly pattern: Pattern; readonly isNegated: boolean }
  | {
      readonly kind: "file"
      readonly test: "f" | "d" | "e" | "x"
      readonly path: Template
      readonly isNegated: boolean
    }

/** `settingsOf` says what holds inside an `if`. Undefined for what is no such operation. */
export function operationOf(
  directive: Directive,
  within: Branch | undefined,
  settingsOf: (directive: Directive) => Settings | undefined,
): Operation | undefined {
  const { name, args } = directive
  const texts = args.map((it) => it.text)
  switch (name) {
    case "set":
      return {
        kind: "set",
        name: (texts[0] ?? "").replace(/^\$/, "").toLowerCase(),
        value: templateOf(texts[1] ?? ""),
        directive,
        within,
      }
    case "break":
      return { kind: "break", directive }
    case "return":
      return returnOf(directive, within)
    case "rewrite":
      return rewriteOf(directive, texts)
    case "if":
      return branchOf(directive, texts, settingsOf)
    default:
      return undefined
  }
}

const REDIRECTS = /^(?:https?:\/\/|\$scheme)/

function returnOf(directive: Directive, within: Branch | undefined): Operation {
  const [first = "", text] = directive.args.map((it) => it.text)
  if (REDIRECTS.test(first)) return { kind: "return", status: 302, text: templateOf(first), directive, within }
  if (!/^\d{1,3}$/.test(first) || Number(first) < 200) return { kind: "unmodelled", directive }
  return {
    kind: "return",
    status: Number(first),
    text: text === undefined ? undefined : templateOf(text),
    directive,
    within,
  }
}

function rewriteOf(directive: Directive, [pattern, replacement, flag]: readonly string[]): Operation {
  if (pattern === undefined || replacement === undefined || replacement === "") return { kind: "unmodelled", directive }
  const keepsArgs = !replacement.endsWith("?")
  const kept = keepsArgs ? replacement : replacement.slice(0, -1)
  const redirects = REDIRECTS.test(replacement)
  const then =
    flag === "permanent"
      ? 301
      : flag === "redirect" || redirects
        ? 302
        : flag === "last" || flag === "break"
          ? flag
          : "go on"
  // Only where it stays inside is the query told apart.
  const question = typeof then === "number" ? -1 : kept.indexOf("?")
  return {
    kind: "rewrite",
    pattern: patternOf(pattern, false),
    path: templateOf(question === -1 ? kept : kept.slice(0, question)),
    args: question === -1 ? undefined : templateOf(kept.slice(question + 1)),
    keepsArgs,
    then,
    directive,
  }
}

function branchOf(
  directive: Directive,
  words: readonly string[],
  settingsOf: (directive: Directive) => Settings | undefined,
): Operation {
  const condition = conditionOf(words)
  if (condition === undefined) return { kind: "unmodelled", directive }
  const body: Operation[] = []
  const branch: Branch = { kind: "if", condition, body, settings: settingsOf(directive), directive }
  for (const it of directive.block ?? []) {
    const operation = operationOf(it, branch, () => undefined)
    if (operation !== undefined) body.push(operation)
  }
  return branch
}

/** `($a ~* b)` as words, of which the first begins and the last ends with a parenthesis. */
function conditionOf(words: readonly string[]): Condition | undefined {
  const inner = [...words]
  const first = inner[0]
  const last = inner.at(-1)
  if (first === undefined || last === undefined || !first.startsWith("(") || !last.endsWith(")")) return undefined
  inner[0] = first.slice(1)
  inner[inner.length - 1] = (inner.length === 1 ? first.slice(1) : last).slice(0, -1)
  const [subject, operator, value, ...more] = trimmed(inner)
  if (subject === undefined || more.length > 0) return undefined
  const test = /^(!?)-([fdex])$/.exec(subject)
  if (test !== null && operator !== undefined && value === undefined)
    return { kind: "file", test: testOf(test[2]), path: templateOf(operator), isNegated: test[1] === "!" }
  if (!/^\$\w+$/.test(subject)) return undefined
  const name = subject.slice(1).toLowerCase()
  if (operator === undefined) return { kind: "true", name }
  if (value === undefined) return undefined
  if (operator === "=" || operator === "!=")
    return { kind: "equals", name, to: templateOf(value), isNegated: operator === "!=" }
  const matches = /^(!?)~(\*?)$/.exec(operator)
  if (matches === null) return undefined
  return { kind: "matches", name, pattern: patternOf(value, matches[2] === "*"), isNegated: matches[1] === "!" }
}

/** A parenthesis that stood alone left nothing behind it; an empty text in quotation marks is kept in the middle. */
function trimmed(words: readonly string[]): readonly string[] {
  const from = words[0] === "" ? 1 : 0
  const to = words.length > 1 && words.at(-1) === "" && words.length - from !== 3 ? words.length - 1 : words.length
  return words.slice(from, to)
}

const testOf = (letter: string | undefined) => (letter === "f" || letter === "d" || letter === "x" ? letter : "e")
