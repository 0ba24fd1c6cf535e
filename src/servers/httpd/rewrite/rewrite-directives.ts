import { sourceOf } from "../language/directive.ts"
import { isOn } from "../settings/core-directives.ts"
import type { Context, Handler, Handlers } from "../settings/draft.ts"
import { readExpression } from "../settings/expression.ts"
import { patternOf } from "../settings/pattern.ts"
import { readConditionFlags, readRuleFlags } from "./flags.ts"
import type { Condition } from "./rule.ts"

/** The server's own rules are kept apart from what its sections inherit. */
function rewritingOf({ path, server, settings }: Context) {
  const directory = path === undefined || path.endsWith("/") ? path : `${path}/`
  const rewriting = settings.rewriting ?? { directory, rules: [] }
  settings.rewriting = rewriting
  if (path === undefined) server.rewriting = rewriting
  return rewriting
}

const engine: Handler = (directive, context) => {
  rewritingOf(context).isOn = { value: isOn(directive.words[0]?.text), source: sourceOf(directive) }
  return undefined
}

const base: Handler = (directive, context) => {
  const said = directive.words[0]?.text ?? ""
  if (context.path === undefined) return "RewriteBase: only valid in per-directory config files"
  if (!said.startsWith("/")) return "RewriteBase: argument is not a valid URL"
  rewritingOf(context).base = said.endsWith("/") ? said : `${said}/`
  return undefined
}

const options: Handler = (directive, context) => {
  const rewriting = rewritingOf(context)
  rewriting.options = new Set([...(rewriting.options ?? []), ...directive.words.map((it) => it.text.toLowerCase())])
  return undefined
}

/** mod_rewrite splits its lines itself: only quotation marks at the beginning of a word quote. */
const condition: Handler = (directive, context) => {
  const [input, test, flags] = directive.words
  if (input === undefined || test === undefined) return `RewriteCond: bad argument line '${directive.rest}'`
  const { isCaseless, isAlternative, fault } = readConditionFlags(flags?.text)
  if (fault !== undefined) return `RewriteCond: ${fault}`
  const isNegated = test.text.startsWith("!")
  const wanted = isNegated ? test.text.slice(1) : test.text
  const read = input.text.toLowerCase() === "expr" ? expressionTest(wanted) : testOf(wanted, isCaseless)
  const flipped = read.isFlipped === true
  context.conditions.push({
    input: input.text,
    test: read.test,
    isNegated: isNegated !== flipped,
    isCaseless,
    isAlternative,
    source: sourceOf(directive),
    written: directive.text,
  })
  return undefined
}

interface Test {
  readonly test: Condition["test"]
  readonly isFlipped?: boolean
}

const expressionTest = (text: string): Test => ({
  test: { kind: "expression", expression: readExpression(text) },
})

const FILES: Readonly<Record<string, Condition["test"]["kind"]>> = {
  "-f": "file",
  "-d": "directory",
  "-s": "size",
  "-x": "executable",
  "-h": "link",
  "-L": "link",
  "-l": "link",
}

function testOf(text: string, isCaseless: boolean): Test {
  const kind = FILES[text]
  if (kind === "file" || kind === "directory" || kind === "size" || kind === "executable" || kind === "link")
    return { test: { kind } }
  if (text === "-U" || text === "-F") return { test: { kind: "outside" } }
  const number = /^-(lt|le|eq|ge|gt|ne)(.+)$/.exec(text)
  if (number !== null) return numberTest(number[1] ?? "", number[2] ?? "")
  const sign = text.length > 1 ? /^(>=|<=|>|<|=)/.exec(text)?.[1] : undefined
  if (sign === ">=" || sign === "<=" || sign === ">" || sign === "<" || sign === "=") {
    const value = text.slice(sign.length)
    return { test: { kind: "text", operator: sign, value: value === '""' ? "" : value } }
  }
  return { test: { kind: "pattern", pattern: patternOf(text, isCaseless) } }
}

function numberTest(operator: string, value: string): Test {
  if (operator === "ne") return { test: { kind: "number", operator: "eq", value }, isFlipped: true }
  if (operator === "lt" || operator === "le" || operator === "ge" || operator === "gt")
    return { test: { kind: "number", operator, value } }
  return { test: { kind: "number", operator: "eq", value } }
}

const rule: Handler = (directive, context) => {
  const [matched, to, flags] = directive.words
  if (matched === undefined || to === undefined) return `RewriteRule: bad argument line '${directive.rest}'`
  const read = readRuleFlags(flags?.text)
  if (typeof read === "string") return `RewriteRule: ${read}`
  const isNegated = matched.text.startsWith("!")
  const conditions = context.conditions.splice(0)
  const made = {
    pattern: patternOf(isNegated ? matched.text.slice(1) : matched.text, read.isCaseless),
    isNegated,
    to: to.text === "-" ? undefined : to.text,
    conditions,
    flags: read.flags,
    source: sourceOf(directive),
    written: directive.text,
  }
  rewritingOf(context).rules.push(made)
  return undefined
}

export const REWRITE_DIRECTIVES: Handlers = {
  rewriteengine: engine,
  rewritebase: base,
  rewriteoptions: options,
  rewritecond: condition,
  rewriterule: rule,
}
