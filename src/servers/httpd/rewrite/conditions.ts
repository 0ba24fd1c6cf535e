import { type Check, check, following } from "../../../decision/check.ts"
import { absent } from "../../../decision/relations.ts"
import { UNKNOWN, type Unknown } from "../../../decision/value.ts"
import { matchesNot, matchesPattern } from "../access/relations.ts"
import type { Facts, Seen, World } from "../access/world.ts"
import type { Exchange } from "../request/exchange.ts"
import type { Running } from "../request/running.ts"
import { type Caught, expand } from "./expand.ts"
import type { Condition } from "./rule.ts"

/** Why a rule took effect: for each condition that held, the check that it did not. */
export interface Reasons {
  readonly facts: Facts
  readonly seen: Map<string, Seen>
  readonly checks: Check<World>[]
}

/** Whether the conditions of a rule hold: each run joined by OR needs one (mod_rewrite `apply_rewrite_rule`). */
export function conditionsHold(
  conditions: readonly Condition[],
  exchange: Exchange,
  running: Running,
  caught: Caught,
  reasons: Reasons,
): boolean | Unknown {
  for (let at = 0; at < conditions.length; at++) {
    const condition = conditions[at]
    if (condition === undefined) break
    const holds = holdsFor(condition, exchange, running, caught, reasons)
    if (holds === UNKNOWN) return UNKNOWN
    if (condition.isAlternative) {
      if (holds) while (conditions[at]?.isAlternative === true) at++
    } else if (!holds) return false
  }
  return true
}

function holdsFor(
  condition: Condition,
  exchange: Exchange,
  running: Running,
  caught: Caught,
  reasons: Reasons,
): boolean | Unknown {
  const { input, isNegated, source, test } = condition
  if (test.kind === "outside") return UNKNOWN
  if (test.kind === "expression") {
    const value = exchange.world(running).evaluate(test.expression)
    if (value === UNKNOWN) return UNKNOWN
    if (value !== isNegated) note(condition, `${test.expression.written} ${value ? "holds" : "does not hold"}`, reasons)
    return value !== isNegated
  }
  const expanded = expand(input, exchange, running, caught)
  if (expanded === UNKNOWN) return UNKNOWN
  const { text } = expanded
  if (test.kind !== "pattern") {
    const is = plainly(condition, text, exchange)
    if (is === UNKNOWN) return UNKNOWN
    if (is !== isNegated) note(condition, `${text === "" ? "nothing" : text} is so`, reasons)
    return is !== isNegated
  }
  const found = test.pattern.match(text)
  if (found === "unknown") return UNKNOWN
  if (found !== undefined && !isNegated) caught.condition = found
  const holds = (found !== undefined) !== isNegated
  if (holds) {
    const fact = reasons.facts.seen(input)
    reasons.seen.set(fact.name, { value: text })
    const pattern = `${condition.isCaseless ? "(?i)" : ""}${test.pattern.written}`
    reasons.checks.push(check(fact, isNegated ? matchesPattern : matchesNot, following(pattern, source, "operator")))
  }
  return holds
}

function note({ written, source }: Condition, value: string, { facts, seen, checks }: Reasons): void {
  const fact = facts.seen(written)
  seen.set(fact.name, { value })
  checks.push(check(fact, absent, following(null, source, "operator")))
}

function plainly({ test, isCaseless }: Condition, text: string, exchange: Exchange): boolean | Unknown {
  switch (test.kind) {
    case "file":
    case "directory":
    case "size":
    case "executable":
    case "link":
      return isAtPath(test.kind, text, exchange)
    case "text": {
      if (isCaseless && test.operator !== "=") return UNKNOWN
      return compareTexts(test.operator, text, test.value, isCaseless)
    }
    case "number":
      return compareNumbers(test.operator, leadingNumber(text), leadingNumber(test.value))
    default:
      return UNKNOWN
  }
}

function isAtPath(
  kind: "file" | "directory" | "size" | "executable" | "link",
  path: string,
  exchange: Exchange,
): boolean | Unknown {
  if (!path.startsWith("/")) return path === "" ? false : UNKNOWN
  const walked = exchange.walk(path, kind === "link" ? "itself" : "exists")
  if (walked.kind === "unsure") return UNKNOWN
  if (walked.kind === "failed") return false
  const { entry } = walked
  switch (kind) {
    case "file":
      return entry.kind === "file"
    case "directory":
      return entry.kind === "directory"
    case "link":
      return entry.kind === "link"
    case "executable":
      return (entry.mode & 0o111) !== 0
    case "size":
      return entry.kind === "file" && (entry.size === undefined ? UNKNOWN : entry.size > 0)
  }
}

/** Lengths first: `9` is less than `10` (mod_rewrite `compare_lexicography`). */
function compareTexts(operator: string, a: string, b: string, isCaseless: boolean): boolean {
  if (operator === "=") return isCaseless ? a.toLowerCase() === b.toLowerCase() : a === b
  const order = a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length
  return operator === "<" ? order < 0 : operator === "<=" ? order <= 0 : operator === ">" ? order > 0 : order >= 0
}

function compareNumbers(operator: string, a: number, b: number): boolean {
  return operator === "lt"
    ? a < b
    : operator === "le"
      ? a <= b
      : operator === "gt"
        ? a > b
        : operator === "ge"
          ? a >= b
          : a === b
}

/** As C's atoi reads it. */
const leadingNumber = (text: string): number => Number(/^\s*([+-]?\d{1,15})/.exec(text)?.[1] ?? 0)
