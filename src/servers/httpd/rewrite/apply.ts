import type { Check } from "../../../decision/check.ts"
import { check, following } from "../../../decision/check.ts"
import type { NonEmpty } from "../../../decision/value.ts"
import { UNKNOWN } from "../../../decision/value.ts"
import { apacheRewriteForbidden } from "../../../foreign/apache/rewrite-forbidden.ts"
import { apacheRewriteUnsafeUrl } from "../../../foreign/apache/rewrite-unsafe-url.ts"
import { apacheRewriteLoop } from "../access/causes.ts"
import { matchesNot, matchesPattern } from "../access/relations.ts"
import { Facts, type World } from "../access/world.ts"
import type { Exchange } from "../request/exchange.ts"
import { type Halt, unknown } from "../request/halt.ts"
import type { Running } from "../request/running.ts"
import { conditionsHold, type Reasons } from "./conditions.ts"
import { type Caught, expand } from "./expand.ts"
import type { Rule } from "./rule.ts"

/** What a list of rules came to. The request's filename and query are rewritten already. */
export type Applied =
  | { readonly kind: "untouched" }
  | {
      readonly kind: "rewritten"
      /** The last rule that took effect. */
      readonly rule: Rule
      readonly passes: boolean
      /** Of a redirect. */
      readonly status: number | undefined
      readonly proxies: boolean
    }
  | { readonly kind: "halted"; readonly halt: Halt }

/** Matched, but nothing replaced. */
interface Effect {
  readonly rule: Rule
  readonly isReplaced: boolean
  readonly status: number | undefined
  readonly proxies: boolean
}

const MOST_ROUNDS = 32_000

/** Applies rules in order (mod_rewrite `apply_rewrite_list`); `directory` is that of the section, with a slash at its end. */
export function applyRules(
  exchange: Exchange,
  running: Running,
  rules: readonly Rule[],
  directory: string | undefined,
): Applied {
  const caught: Caught = { rule: [], condition: [] }
  let applied: Applied = { kind: "untouched" }
  let steps = 0
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at]
    if (rule === undefined) break
    if (++steps > MOST_ROUNDS) return { kind: "halted", halt: looped(exchange, running, rule) }
    if (running.parent !== undefined && (rule.flags.isNotForSubrequests || rule.flags.redirect !== undefined)) continue
    const effect = applyRule(exchange, running, rule, directory, caught)
    if (effect === "none") {
      while (rules[at]?.flags.isChained === true) at++
      continue
    }
    if ("kind" in effect) return { kind: "halted", halt: effect }
    const { flags } = rule
    const { status, proxies } = effect
    if (effect.isReplaced) applied = { kind: "rewritten", rule, passes: false, status, proxies }
    if (flags.isPassedThrough) return { kind: "rewritten", rule, passes: true, status, proxies: false }
    if (flags.isEnd) {
      running.isRewritten = true
      return applied
    }
    if (flags.isProxied || flags.isLast) return applied
    if (flags.isAgain) at = -1
    at += flags.skips
  }
  return applied
}

function looped(exchange: Exchange, running: Running, rule: Rule): Halt {
  const facts = new Facts()
  const fact = facts.seen("rewrite.rounds")
  const seen = new Map([[fact.name, { value: "too many" }]])
  const checks = [check(fact, matchesNot, following("many", rule.source, "operator"))] as const
  return exchange.barred(running, checks, { cause: apacheRewriteLoop, status: 500, code: "AH02596" }, seen)
}

function applyRule(
  exchange: Exchange,
  running: Running,
  rule: Rule,
  directory: string | undefined,
  caught: Caught,
): Effect | Halt | "none" {
  const subject = subjectOf(running, directory)
  const found = rule.pattern.match(subject)
  if (found === "unknown") return untried(rule)
  if ((found !== undefined) === rule.isNegated) return "none"
  caught.rule = found ?? []
  caught.condition = []
  const reasons = reasonsOf(rule, subject)
  const holds = conditionsHold(rule.conditions, exchange, running, caught, reasons)
  if (holds === UNKNOWN) return untried(rule)
  if (!holds) return "none"
  if (rule.flags.outside !== undefined) return untried(rule)
  const fault = setVariables(exchange, running, rule, caught)
  if (fault !== undefined) return fault
  if (rule.flags.handler !== undefined) running.handler = { name: rule.flags.handler, source: rule.source }
  if (rule.flags.status !== undefined) return answered(exchange, running, rule, reasons, rule.flags.status)
  if (rule.to === undefined) return { rule, isReplaced: false, status: undefined, proxies: false }
  return replace(exchange, running, rule, rule.to, directory, caught, reasons)
}

const untried = (rule: Rule): Halt =>
  unknown(`whether "${rule.written}" takes effect`, "it holds something that is not judged here", rule.source)

/** The path without the section's directory, and with what is behind the file. */
function subjectOf(running: Running, directory: string | undefined): string {
  const name = running.filename ?? running.uri
  if (directory === undefined) return name
  const whole = name + running.pathInfo
  return whole.startsWith(directory) ? whole.slice(directory.length) : whole
}

function reasonsOf(rule: Rule, subject: string): Reasons {
  const facts = new Facts()
  const fact = facts.seen("path as rules see it")
  const relation = rule.isNegated ? matchesPattern : matchesNot
  return {
    facts,
    seen: new Map([[fact.name, { value: subject }]]),
    checks: [check(fact, relation, following(rule.pattern.written, rule.source, "operator"))],
  }
}

function setVariables(exchange: Exchange, running: Running, rule: Rule, caught: Caught): Halt | undefined {
  for (const { name, value } of rule.flags.sets) {
    if (value === undefined) running.environment.delete(name)
    else {
      const expanded = expand(value, exchange, running, caught)
      if (expanded === UNKNOWN) return untried(rule)
      running.environment.set(name, expanded.text)
    }
  }
  return undefined
}

function answered(exchange: Exchange, running: Running, rule: Rule, reasons: Reasons, status: number): Halt {
  if (status !== 403) return { kind: "answered", status, by: "return", at: rule.source, isByRule: true }
  return refused(exchange, running, reasons, apacheRewriteForbidden, undefined)
}

function refused(
  exchange: Exchange,
  running: Running,
  { checks, seen }: Reasons,
  cause: typeof apacheRewriteForbidden,
  code: string | undefined,
): Halt {
  const [first, ...others] = checks
  if (first === undefined) return unknown("why a rule refuses", "nothing speaks for it")
  const all: NonEmpty<Check<World>> = [first, ...others]
  return exchange.barred(running, all, { cause, status: 403, code, isByRule: code === undefined }, seen)
}

function replace(
  exchange: Exchange,
  running: Running,
  rule: Rule,
  to: string,
  directory: string | undefined,
  caught: Caught,
  reasons: Reasons,
): Effect | Halt {
  const { flags } = rule
  const isQueryDropped = to.endsWith("?") && !flags.appendsQuery
  const expanded = expand(isQueryDropped ? to.slice(0, -1) : to, exchange, running, caught)
  if (expanded === UNKNOWN) return untried(rule)
  if (expanded.isUnsafe && !flags.allowsQuestionMark)
    return refused(exchange, running, reasons, apacheRewriteUnsafeUrl, "AH10508")
  let name = expanded.text
  let isPrefixed = false
  if (!name.startsWith("/") && !isAbsoluteUrl(name)) {
    if (directory !== undefined) {
      name = `${directory}${name}`
      isPrefixed = true
    } else if (!flags.isProxied && flags.redirect === undefined) {
      name = `/${name}`
      isPrefixed = true
    }
  }
  if (directory !== undefined && flags.discardsPathInfo) running.pathInfo = ""
  splitQuery(running, name, rule, isQueryDropped)
  const effect: Effect = { rule, isReplaced: true, status: flags.redirect, proxies: flags.isProxied }
  if (flags.isProxied || flags.redirect !== undefined) return effect
  const written = running.filename ?? ""
  if (isOwnUrl(written, exchange))
    return unknown(`where "${rule.written}" leads`, "it names a URL of the server itself", rule.source)
  if (isAbsoluteUrl(written)) return { ...effect, status: 302 }
  if (!isPrefixed && !to.startsWith("//")) running.filename = written.replace(/^\/+/, "/")
  return effect
}

/** Takes the query off the new name (mod_rewrite `splitout_queryargs`). */
function splitQuery(running: Running, name: string, { flags, to }: Rule, isDropped: boolean): void {
  running.filename = name
  if (isDropped || (flags.discardsQuery && to?.includes("?") !== true)) {
    running.args = undefined
    return
  }
  if (flags.discardsQuery) running.args = undefined
  const at = name.indexOf("?")
  if (at === -1) return
  running.filename = name.slice(0, at)
  const query = name.slice(at + 1)
  const joined = flags.appendsQuery ? (query === "" ? running.args : `${query}&${running.args ?? ""}`) : query
  running.args = joined === undefined || joined === "" ? undefined : joined.replace(/&$/, "")
}

const SCHEMES = /^(?:ajp|balancer|ftp|fcgi|gopher|http|https|h2|h2c|ldap|nntp|scgi|ws|wss):\/\/|^(?:mailto|news|unix):/i

const isAbsoluteUrl = (text: string): boolean => text.length > 5 && SCHEMES.test(text)

function isOwnUrl(text: string, { request }: Exchange): boolean {
  const host = /^([a-z]+):\/\/([^/:]*)/i.exec(text)
  return (
    host !== null && host[1]?.toLowerCase() === request.scheme && host[2]?.toLowerCase() === request.host.toLowerCase()
  )
}
