import type { NonEmpty } from "../../decision/value.ts"
import type { Exhibits } from "../../exhibits/exhibits.ts"
import { type Chosen, choose, isAt, nameOf } from "./chosen.ts"
import { callersFix, deniedCode, scoredCode } from "./classes.ts"
import { exclusionOf } from "./exclusion.ts"
import type { WafCode, WafFinding, WafFix } from "./finding.ts"
import { needOf, type ScoreFixes, scoreFixes } from "./fixes.ts"
import { type Grant, grantFor } from "./grant.ts"
import type { Engine } from "./message.ts"
import { missingIn } from "./missing.ts"
import { placeOf } from "./place.ts"
import { type Saying, sayingsIn } from "./sayings.ts"
import type { Contribution, Score } from "./score.ts"
import { readSettings } from "./settings.ts"
import { signsOf } from "./signs.ts"
import type { Site } from "./site.ts"
import { type Transaction, transactionsIn } from "./transaction.ts"

/**
 * What lines of ModSecurity or Coraza say about one refused request: likeliest cause first, none where no such line was given.
 *
 * The request asked about is found by its path; without one, the last that was refused is taken. Takes time in proportion to the
 * lines, and beyond 20 contributing rules ends its search for exclusions at a bound, which is then told in `unknown`.
 */
export function diagnoseModsecurity(exhibits: Pick<Exhibits, "events" | "request" | "of">): readonly WafFinding[] {
  const sayings = sayingsIn(exhibits.events)
  if (sayings.length === 0) return []
  const settings = readSettings(exhibits.of.config.map((it) => it.text))
  const chosen = choose(transactionsIn(sayings, settings), exhibits.request)
  if (chosen === undefined) return []
  const { transaction } = chosen
  const { request } = exhibits
  const site: Site = {
    place: placeOf({
      method: transaction.method ?? request.method,
      target: transaction.target ?? request.target,
      uri: transaction.uri,
    }),
    engine: transaction.engine ?? "modsecurity-2",
    settings,
    taken: new Set([...settings.ids, ...sayings.map((it) => it.message.id)]),
  }
  return transaction.score === undefined ? byRule(chosen, site) : byScore(chosen, transaction.score, site)
}

const UNWISE: WafFinding["unwise"] = [
  { does: "SecRuleEngine Off or DetectionOnly", admits: "every attack, at every path" },
  { does: "a higher tx.inbound_anomaly_score_threshold", admits: "at every path whatever one or more rules find" },
  { does: "SecRuleRemoveById for the whole site", admits: "at every path and parameter what the rule would find" },
  { does: "excluding 949110 or 959100", admits: "every attack: they are the rules that refuse" },
]

function byScore(chosen: Chosen, score: Score, site: Site): readonly WafFinding[] {
  const { transaction, others } = chosen
  const fixed = scoreFixes(score, site, others)
  const decisive = fixed.decisive.length > 0 ? fixed.decisive : score.contributions
  const codes = codesBy(decisive, transaction.engine)
  return codes.map(([code, about]) => ({
    code,
    weight: weightOf(chosen, score, codes.length),
    evidence: evidenceOf(about, score, transaction.blocking, transaction.sayings),
    score,
    fixes: fixed.fixes,
    unwise: UNWISE,
    unknown: unknownOf(chosen, score, fixed, site),
    signs: signsOf(chosen),
    next: nextOf(chosen, score, fixed),
  }))
}

/** Highest share of the score first. Where no contributing line was given, what such a score usually comes from. */
function codesBy(
  about: readonly Contribution[],
  engine: Engine | undefined,
): readonly (readonly [WafCode, readonly Contribution[]])[] {
  const byCode = new Map<WafCode, Contribution[]>()
  for (const it of about) {
    const code = scoredCode(it.rule, engine)
    byCode.set(code, [...(byCode.get(code) ?? []), it])
  }
  if (byCode.size === 0) return [[scoredCode(0, engine), []]]
  const total = (all: readonly Contribution[]): number => all.reduce((sum, it) => sum + it.score, 0)
  return [...byCode].sort(([, a], [, b]) => total(b) - total(a))
}

function weightOf({ transaction, isGuess }: Chosen, score: Score, codes: number): WafFinding["weight"] {
  if (transaction.blocking === undefined) return score.counted >= score.threshold ? "strong" : "slight"
  if (isGuess) return "fair"
  return codes === 1 && score.contributions.length > 0 ? "proof" : "strong"
}

function evidenceOf(
  about: readonly Contribution[],
  score: Score,
  blocking: Saying | undefined,
  sayings: readonly Saying[],
): WafFinding["evidence"] {
  const all: { from: string; quote: string; says: string }[] = []
  const deciding = blocking ?? score.stating
  if (deciding !== undefined) {
    const sum = score.stated === undefined ? "" : `: the score ${score.stated} reaches the threshold ${score.threshold}`
    all.push({ from: deciding.from, quote: quoteOf(deciding), says: `rule ${deciding.message.id} refused${sum}` })
  }
  for (const { saying, rule, target, score: added, matches } of about) {
    const at = target === undefined ? "" : ` at ${target}`
    const times = matches > 1 ? ` with ${matches} matches` : ""
    all.push({
      from: saying.from,
      quote: quoteOf(saying),
      says: `rule ${rule} matched${at}${times} and added ${added}`,
    })
  }
  const [first, ...rest] = all
  return first === undefined ? quoted(sayings) : [first, ...rest]
}

function quoted(sayings: readonly Saying[]): WafFinding["evidence"] {
  const [first] = sayings
  if (first === undefined) throw new Error("a request without a message was diagnosed")
  return [{ from: first.from, quote: quoteOf(first), says: `rule ${first.message.id} spoke` }]
}

/** The rule's number as it stands in the line. */
const quoteOf = ({ message, text }: Saying): string =>
  text.includes(message.idQuote) ? message.idQuote : String(message.id)

function unknownOf(chosen: Chosen, score: Score, fixed: ScoreFixes, { place }: Site): readonly string[] {
  const { transaction, isGuess, others } = chosen
  return [
    ...(isGuess ? [`which of ${others.length + 1} refused requests is meant: the last was taken`] : []),
    ...(transaction.blocking === undefined ? ["the line that refused (rule 949110 or 959100)"] : []),
    ...missingIn(transaction, score),
    ...(score.thresholdFrom === "default"
      ? [
          `the threshold: ${score.threshold} is what the rule set comes with, and no line or configuration given says it`,
        ]
      : []),
    ...(place.path === undefined ? ["the path of the request"] : []),
    ...(place.method === undefined && place.path !== undefined
      ? ["the method of the request: the exclusion holds for all"]
      : []),
    ...(fixed.isComplete ? [] : ["whether another set of exclusions grants less: not all were looked at"]),
    ...(transaction.sayings.some((it) => it.message.isDoubtful)
      ? ["whether all lines are whole and as written: one was cut, or holds fields inside a value"]
      : []),
  ]
}

function nextOf({ transaction }: Chosen, score: Score, { decisive }: ScoreFixes): WafFinding["next"] {
  if (decisive.length === 0 && needOf(score) > 0) return linesAsk(transaction.uniqueId, transaction.engine)
  const targets = [...new Set(decisive.flatMap((it) => it.target ?? []))]
  return meaningAsk(targets)
}

function linesAsk(id: string | undefined, engine: Engine | undefined): WafFinding["next"] {
  const which = id === undefined ? "of the same request" : `with unique_id ${id}`
  const where =
    engine === "modsecurity-3"
      ? "in nginx's error log at level info (`error_log … info;`), or section H of the audit log"
      : "in the error log, or section H of the audit log"
  return {
    ask: `Give the other lines ${which}: they stand ${where}.`,
    why: "The line that refuses only sums up; the rules to exclude, and where they matched, are named in the others.",
  }
}

function meaningAsk(targets: readonly string[]): WafFinding["next"] {
  const what = targets.length === 0 ? "what matched" : targets.join(", ")
  return {
    ask: `Is ${what} meant to hold such text? Read the request in the audit log (parts B and C), and whether others who are signed in send the like.`,
    why: "The rules find the same text in an attack and in a request that is meant so; excluding them for an attack lets it through.",
  }
}

/** A rule that refused by itself, or one of which only the number was given. */
function byRule(chosen: Chosen, site: Site): readonly WafFinding[] {
  const { transaction } = chosen
  const saying = transaction.blocking ?? transaction.sayings.find((it) => it.message.action === "unsaid")
  if (saying === undefined) return []
  const { message } = saying
  const code = deniedCode(message.id, transaction.engine)
  const evidence: NonEmpty<{ from: string; quote: string; says: string }> = [
    { from: saying.from, quote: quoteOf(saying), says: saidOf(saying) },
  ]
  return [
    {
      code,
      weight: transaction.blocking === undefined ? "fair" : chosen.isGuess ? "fair" : "proof",
      evidence,
      fixes: ruleFixes(saying, code, site, chosen.others),
      unwise: UNWISE,
      unknown: [
        ...(chosen.isGuess
          ? [`which of ${chosen.others.length + 1} refused requests is meant: the last was taken`]
          : []),
        ...(transaction.blocking === undefined ? ["whether this rule refused: no line given says so"] : []),
        ...(code === "waf/crs/body-parser-error"
          ? []
          : ["whether another rule would refuse after this one: the engine stops at the first"]),
      ],
      signs: signsOf(chosen),
      next: meaningAsk(message.target === undefined ? [] : [message.target]),
    },
  ]
}

function saidOf({ message }: Saying): string {
  const at = message.target === undefined ? "" : ` at ${message.target}`
  const why = message.msg === undefined ? "" : `: ${message.msg}`
  return `rule ${message.id} ${message.action === "denied" ? "refused" : "matched"}${at}${why}`
}

function ruleFixes(
  { message }: Saying,
  code: WafCode,
  { place, engine, taken }: Site,
  others: readonly Transaction[],
): readonly WafFix[] {
  const theirs = callersFix(message.id)
  const caller: readonly WafFix[] = theirs === undefined ? [] : [{ by: "caller", ...theirs, admitsSeen: [], asked: 0 }]
  // A body that cannot be read cannot be inspected: to exclude the rule would let anything in that breaks it.
  if (code === "waf/crs/body-parser-error" || place.path === undefined) return caller
  const grant = grantFor(message.id, message.target, engine)
  const exclusion = exclusionOf([grant], place, engine, taken)
  const before = message.file === undefined ? "the rule" : `${message.file}, where the rule stands`
  const admitted = others.filter((it) => isAt(it, place) && it.blocking !== undefined && isTaken(it.blocking, grant))
  return [
    ...caller,
    {
      by: "operator",
      change: `Write where it is read before ${before}, if the request is meant so.`,
      written: exclusion.written,
      admits: exclusion.admits,
      admitsSeen: admitted.map(nameOf),
      asked: others.length,
    },
  ]
}

function isTaken({ message }: Saying, grant: Exclude<Grant, { kind: "entry" }>): boolean {
  if (message.id !== grant.rule) return false
  if (grant.kind === "rule" || message.target === grant.target) return true
  return grant.kind === "collection" && message.target?.startsWith(`${grant.target}:`) === true
}
