import { optional, type WafMessage } from "./message.ts"
import { paranoiaLevelOf, roleOf } from "./roles.ts"
import type { Saying } from "./sayings.ts"
import type { Settings } from "./settings.ts"
import { scoreOf } from "./severity.ts"

/** One rule at one place of the request, and what it added. */
export interface Contribution {
  readonly rule: number
  /** `ARGS:description`; absent where the lines do not say. */
  readonly target?: string
  /** All its matches together. */
  readonly score: number
  readonly matches: number
  readonly msg?: string
  /** The first line that says so. */
  readonly saying: Saying
}

/** How a request came by its score. */
export interface Score {
  readonly direction: "inbound" | "outbound"
  /** What the deciding line, or the report after it, says the sum is. */
  readonly stated?: number
  /** The sum over the lines given. */
  readonly counted: number
  readonly threshold: number
  readonly thresholdFrom: "line" | "configuration" | "default"
  readonly contributions: readonly Contribution[]
  /** Rules above the blocking paranoia level: they are logged and do not count. */
  readonly uncounted: readonly Contribution[]
  /** The line that states the sum. */
  readonly stating?: Saying
}

const USUAL = { inbound: 5, outbound: 4 } as const

/** Undefined where no rule scored and none evaluated. */
export function scoreIn(
  sayings: readonly Saying[],
  blocking: Saying | undefined,
  settings: Settings,
): Score | undefined {
  const direction = directionOf(sayings, blocking)
  if (direction === undefined) return undefined
  const stating = sayings.find((it) => isAbout(it.message, direction) && statedIn(it.message, direction) !== undefined)
  const stated = stating === undefined ? undefined : statedIn(stating.message, direction)
  const all = contributionsIn(sayings, direction, settings)
  const level = levelOf(all, stated, settings)
  const contributions = all.filter((it) => paranoiaLevelOf(it.saying.message) <= level)
  return {
    direction,
    ...optional("stated", stated),
    counted: sum(contributions),
    ...thresholdOf(sayings, direction, settings),
    contributions,
    uncounted: all.filter((it) => paranoiaLevelOf(it.saying.message) > level),
    ...optional("stating", stating),
  }
}

export const sum = (contributions: readonly Contribution[]): number =>
  contributions.reduce((total, it) => total + it.score, 0)

function directionOf(sayings: readonly Saying[], blocking: Saying | undefined): Score["direction"] | undefined {
  if (blocking !== undefined) {
    const role = roleOf(blocking.message)
    return role.kind === "evaluates" ? role.direction : undefined
  }
  const roles = sayings.map((it) => roleOf(it.message))
  for (const direction of ["inbound", "outbound"] as const)
    if (roles.some((it) => (it.kind === "evaluates" || it.kind === "scores") && it.direction === direction))
      return direction
  return undefined
}

function isAbout(message: WafMessage, direction: Score["direction"]): boolean {
  const role = roleOf(message)
  return role.kind === "reports" || (role.kind === "evaluates" && role.direction === direction)
}

/** The sum as the rules word it: `(Total Score: 10)`, `(Total Inbound Score: 10 - SQLI=…`, `Inbound Scores: blocking=10`. */
const STATED = {
  inbound: /(?:Inbound Anomaly Score.{0,40}?\(Total (?:Inbound )?Score: |Inbound Scores: blocking=)(\d{1,6})/,
  outbound:
    /(?:Outbound Anomaly Score.{0,40}?\((?:Total (?:Outbound )?Score: |score )|Outbound Scores: blocking=)(\d{1,6})/,
} as const

function statedIn({ msg }: WafMessage, direction: Score["direction"]): number | undefined {
  const found = msg === undefined ? undefined : STATED[direction].exec(msg)?.[1]
  return found === undefined ? undefined : Number(found)
}

function thresholdOf(
  sayings: readonly Saying[],
  direction: Score["direction"],
  settings: Settings,
): Pick<Score, "threshold" | "thresholdFrom"> {
  for (const { message } of sayings) {
    if (!isAbout(message, direction)) continue
    // Rule 949111 is a chain that ends with another comparison.
    const isSum = /anomaly_score/i.test(message.target ?? "") && /^\d{1,6}$/.test(message.parameter ?? "")
    const compared = isSum && roleOf(message).kind === "evaluates" ? message.parameter : undefined
    const reported = (direction === "inbound" ? REPORTED_IN : REPORTED_OUT).exec(message.msg ?? "")?.[1]
    const found = compared ?? reported
    if (found !== undefined) return { threshold: Number(found), thresholdFrom: "line" }
  }
  const configured = settings[direction]
  if (configured !== undefined) return { threshold: configured, thresholdFrom: "configuration" }
  return { threshold: USUAL[direction], thresholdFrom: "default" }
}

/** Rule 980170 of CRS 4. */
const REPORTED_IN = /Inbound Scores: [^)]{0,200}threshold=(\d{1,6})/
const REPORTED_OUT = /Outbound Scores: [^)]{0,200}threshold=(\d{1,6})/

function contributionsIn(
  sayings: readonly Saying[],
  direction: Score["direction"],
  settings: Settings,
): readonly Contribution[] {
  const byRule = new Map<number, Saying[]>()
  for (const it of sayings) {
    const role = roleOf(it.message)
    if (role.kind !== "scores" || role.direction !== direction) continue
    const known = byRule.get(it.message.id)
    if (known === undefined) byRule.set(it.message.id, [it])
    else known.push(it)
  }
  return [...byRule.values()].flatMap((it) => ofRule(it, settings))
}

/** ModSecurity 3 writes one line for several matches of a rule and names the last target only. */
function ofRule(sayings: readonly Saying[], settings: Settings): readonly Contribution[] {
  const byTarget = new Map<string | undefined, { saying: Saying; matches: number }>()
  let most = 0
  for (const saying of sayings) {
    const { target, matches } = saying.message
    most = Math.max(most, matches)
    const known = byTarget.get(target)
    if (known === undefined) byTarget.set(target, { saying, matches: 1 })
    else known.matches++
  }
  const unnamed = most - sayings.length
  const [first] = sayings
  if (unnamed > 0 && first !== undefined) {
    const known = byTarget.get(undefined)
    if (known === undefined) byTarget.set(undefined, { saying: first, matches: unnamed })
    else known.matches += unnamed
  }
  return [...byTarget].flatMap(([target, { saying, matches }]) => {
    const { id, severity, msg } = saying.message
    const each = scoreOf(severity, id, settings.scores)
    if (each === undefined) return []
    return [
      { rule: id, ...optional("target", target), score: each * matches, matches, ...optional("msg", msg), saying },
    ]
  })
}

/** As configured; else the highest at which the sum is what the line states. */
function levelOf(all: readonly Contribution[], stated: number | undefined, settings: Settings): number {
  if (settings.level !== undefined) return settings.level
  for (const level of [4, 3, 2, 1]) {
    const counted = sum(all.filter((it) => paranoiaLevelOf(it.saying.message) <= level))
    if (counted === stated) return level
  }
  return 4
}
