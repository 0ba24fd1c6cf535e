import { linesAsk, meaningAsk, quoteOf, UNWISE } from "./asking.ts"
import type { Chosen } from "./chosen.ts"
import { scoredCode } from "./classes.ts"
import type { Deployment } from "./deployment.ts"
import type { WafCode, WafFinding } from "./finding.ts"
import { needOf, type ScoreFixes, scoreFixes } from "./fixes.ts"
import type { Engine } from "./message.ts"
import { missingIn } from "./missing.ts"
import type { Saying } from "./sayings.ts"
import type { Contribution, Score } from "./score.ts"
import { signsOf } from "./signs.ts"

/** A request whose score reached the threshold, or may have. */
export function byScore(chosen: Chosen, score: Score, deployment: Deployment): readonly WafFinding[] {
  const { transaction, others } = chosen
  const fixed = scoreFixes(score, deployment, others)
  const decisive = fixed.decisive.length > 0 ? fixed.decisive : score.contributions
  const codes = codesBy(decisive, transaction.engine)
  return codes.map(([code, about]) => ({
    code,
    weight: weightOf(chosen, score, codes.length),
    evidence: evidenceOf(about, score, transaction.blocking, transaction.sayings),
    score,
    fixes: fixed.fixes,
    unwise: UNWISE,
    unknown: unknownOf(chosen, score, fixed, deployment),
    signs: signsOf(chosen),
    next: nextOf(chosen, score, fixed),
  }))
}

/** Highest share of the score first. Where no contributing line was given, what such a score usually comes from. */
function codesBy(
  about: readonly Contribution[],
  engine: Engine | undefined,
): readonly (readonly [WafCode, readonly Contribution[]])[] {
  const byCode = Map.groupBy(about, (it) => scoredCode(it.rule, engine))
  if (byCode.size === 0) return [[scoredCode(0, engine), []]]
  const total = (all: readonly Contribution[]): number => all.reduce((sum, it) => sum + it.score, 0)
  return [...byCode].sort(([, a], [, b]) => total(b) - total(a))
}

function weightOf({ transaction, isGuess }: Chosen, score: Score, codes: number): WafFinding["weight"] {
  if (transaction.blocking === undefined) return score.counted >= score.threshold ? "strong" : "slight"
  if (isGuess) return "fair"
  return codes === 1 && score.contributions.length > 0 ? "proof" : "strong"
}

/** More lines are noise to a person. */
const MOST_QUOTED = 20

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
    const did = blocking === undefined ? "sums up" : "refused"
    all.push({ from: deciding.from, quote: quoteOf(deciding), says: `rule ${deciding.message.id} ${did}${sum}` })
  }
  for (const { saying, rule, target, score: added, matches } of about.slice(0, MOST_QUOTED)) {
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

function unknownOf(chosen: Chosen, score: Score, fixed: ScoreFixes, { place }: Deployment): readonly string[] {
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
