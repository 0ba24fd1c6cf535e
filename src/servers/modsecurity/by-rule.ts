import type { NonEmpty } from "../../decision/value.ts"
import { meaningAsk, quoteOf, UNWISE } from "./asking.ts"
import { type Chosen, isAt, nameOf } from "./chosen.ts"
import { callersFix, deniedCode } from "./classes.ts"
import type { Deployment } from "./deployment.ts"
import { advised, exclusionOf } from "./exclusion.ts"
import type { WafCode, WafFinding, WafFix } from "./finding.ts"
import { type Grant, grantFor } from "./grant.ts"
import type { Saying } from "./sayings.ts"
import { scoreIn } from "./score.ts"
import type { Settings } from "./settings.ts"
import { signsOf } from "./signs.ts"
import type { Transaction } from "./transaction.ts"

/** A rule that refused by itself, or one of which only the number was given. */
export function byRule(chosen: Chosen, deployment: Deployment): readonly WafFinding[] {
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
      fixes: ruleFixes(saying, code, deployment, chosen.others),
      unwise: UNWISE,
      unknown: [
        ...(chosen.isGuess
          ? [`which of ${chosen.others.length + 1} refused requests is meant: the last was taken`]
          : []),
        ...(transaction.blocking === undefined ? ["whether this rule refused: no line given says so"] : []),
        ...(code === "waf/crs/body-parser-error" ? [] : [afterwards(transaction, deployment.settings)]),
      ],
      signs: signsOf(chosen),
      next: meaningAsk(message.target === undefined ? [] : [message.target]),
    },
  ]
}

/** The engine stops at the first rule that refuses; what the others have added by then is logged. */
function scoresEnough({ sayings }: Transaction, settings: Settings): boolean {
  const score = scoreIn(sayings, undefined, settings)
  return score !== undefined && score.counted >= score.threshold
}

const afterwards = (transaction: Transaction, settings: Settings): string =>
  scoresEnough(transaction, settings)
    ? "how to pass the rule set after this rule: the score is at its threshold already, and its lines tell by what"
    : "whether another rule would refuse after this one: the engine stops at the first"

function saidOf({ message }: Saying): string {
  const at = message.target === undefined ? "" : ` at ${message.target}`
  const why = message.msg === undefined ? "" : `: ${message.msg}`
  return `rule ${message.id} ${message.action === "denied" ? "refused" : "matched"}${at}${why}`
}

function ruleFixes(
  { message }: Saying,
  code: WafCode,
  { place, engine, settings, taken }: Deployment,
  others: readonly Transaction[],
): readonly WafFix[] {
  const theirs = callersFix(message.id)
  const caller: readonly WafFix[] = theirs === undefined ? [] : [{ by: "caller", ...theirs, admitsSeen: [], asked: 0 }]
  // A body that cannot be read cannot be inspected: to exclude the rule would let anything in that breaks it.
  if (code === "waf/crs/body-parser-error") return caller
  const grant = grantFor(message.id, message.target, engine)
  const exclusion = exclusionOf([grant], place, engine, taken)
  if (exclusion === undefined)
    return [...caller, { by: "operator", ...advised([message.id]), admitsSeen: [], asked: 0 }]
  const before = message.file === undefined ? "the rule" : `${message.file}, where the rule stands`
  const admitted = others.filter((it) => isAt(it, place) && isTaken(it, grant) && !scoresEnough(it, settings))
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

function isTaken({ blocking }: Transaction, grant: Exclude<Grant, { kind: "entry" }>): boolean {
  if (blocking === undefined) return false
  const { message } = blocking
  if (message.id !== grant.rule) return false
  if (grant.kind === "rule" || message.target === grant.target) return true
  return grant.kind === "collection" && message.target?.startsWith(`${grant.target}:`) === true
}
