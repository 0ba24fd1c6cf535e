import { allowanceFor, entryOf } from "./allowance.ts"
import { isAt, nameOf } from "./chosen.ts"
import { callersFix } from "./classes.ts"
import type { Deployment } from "./deployment.ts"
import { advised, type Exclusion, exclusionOf } from "./exclusion.ts"
import type { WafFix } from "./finding.ts"
import { type Grant, grantFor, keyOf, type Option, optionsFor, ruleOptionsFor } from "./grant.ts"
import type { Engine } from "./message.ts"
import { minimalSets } from "./minimal.ts"
import type { Contribution, Score } from "./score.ts"
import { type NamedScored, type Scored, type ScoreMend, scoreMends } from "./score-plan.ts"
import type { Transaction } from "./transaction.ts"

export interface ScoreFixes {
  readonly fixes: readonly WafFix[]
  /** The contributions the best of them is about; empty where the lines given do not reach. */
  readonly decisive: readonly Contribution[]
  readonly isComplete: boolean
}

/** Most ways told; there may be thousands. */
const MOST_FIXES = 4

/** How much must go so that the rest is less than the threshold. */
export const needOf = ({ stated, counted, threshold }: Score): number =>
  Math.max(stated ?? counted, counted) - threshold + 1

/** Fixes for a request that its score refused: each decided again by the core. */
export function scoreFixes(score: Score, deployment: Deployment, others: readonly Transaction[]): ScoreFixes {
  const narrow = optionsFor(score.contributions, deployment.engine, entriesOf(score, deployment))
  const pairs = mended(narrow, score, deployment, others)
  const wideOptions = ruleOptionsFor(score.contributions)
  const rules = mended(wideOptions, score, deployment, others)
  const written = pairs.mends.flatMap((it) => writtenFor(it, narrow, score, deployment, others.length))
  const wide = rules.mends.slice(0, 1).flatMap((it) => writtenFor(it, wideOptions, score, deployment, others.length))
  const seen = new Set<string>()
  const theirs = callerFixes(score)
  // What the site has to serve is for the site to allow, and only then for the caller to do otherwise.
  const isForSite = pairs.mends[0]?.keys.some((it) => it.includes(" =")) === true
  const ways = [...(isForSite ? [] : theirs), ...written.slice(0, MOST_FIXES), ...wide, ...(isForSite ? theirs : [])]
  const fixes = ways.filter((it) => seen.size < seen.add(it.written ?? it.change).size)
  const [best] = pairs.mends
  const keys = new Set(best?.keys)
  return {
    fixes,
    decisive: score.contributions.filter((it) => coversAny(it, keys, deployment.engine)),
    isComplete: pairs.isComplete,
  }
}

/** Of rules that check against a list, what can be added to it. */
function entriesOf(score: Score, deployment: Deployment): ReadonlyMap<number, string> {
  const entries = new Map<number, string>()
  for (const it of score.contributions) {
    const entry = entryOf(it)
    if (entry !== undefined && allowanceFor(it, deployment, deployment.taken) !== undefined) entries.set(it.rule, entry)
  }
  return entries
}

function mended(
  options: readonly Option[],
  score: Score,
  { engine, place }: Deployment,
  others: readonly Transaction[],
): { readonly mends: readonly ScoreMend[]; readonly isComplete: boolean } {
  const { sets, isComplete } = minimalSets(options, needOf(score), MOST_FIXES * 2)
  const keys = sets.map((set) => set.flatMap((at) => options[at]?.grant ?? []).map((it) => keyOf(it, engine)))
  // What goes elsewhere is asked without being decided: an exclusion that holds here changes nothing there.
  const neighbours = others.filter((it) => isAt(it, place)).flatMap((it) => neighbourOf(it, score, engine))
  return { mends: scoreMends(scoredOf(score, engine), score.threshold, keys, neighbours), isComplete }
}

function scoredOf(score: Score, engine: Engine): Scored {
  return {
    matches: score.contributions.map((it) => ({ key: keyOfMatch(it, engine), score: it.score })),
    unaccounted: Math.max(0, (score.stated ?? 0) - score.counted),
  }
}

function keyOfMatch(it: Contribution, engine: Engine): string {
  const { rule, target } = it
  const value = entryOf(it)
  if (value !== undefined) return keyOf({ kind: "entry", rule, value }, engine)
  return keyOf(target === undefined ? { kind: "rule", rule } : { kind: "target", rule, target }, engine)
}

function neighbourOf(it: Transaction, score: Score, engine: Engine): NamedScored | [] {
  if (it.score?.direction !== score.direction) return []
  return { name: nameOf(it), scored: scoredOf(it.score, engine) }
}

function writtenFor(
  it: ScoreMend,
  options: readonly Option[],
  score: Score,
  deployment: Deployment,
  asked: number,
): readonly WafFix[] {
  const keys = new Set(it.keys)
  const grants = options.flatMap(({ grant }) => (keys.has(keyOf(grant, deployment.engine)) ? grant : []))
  if (grants.length === 0) return []
  const exclusions = exclusionsFor(grants, score, deployment)
  const [first] = exclusions
  // Without a path nothing may have been written, and lists are extended for a path alone.
  if (first === undefined)
    return [{ by: "operator", ...advised(grants.map((one) => one.rule)), admitsSeen: [], asked: 0 }]
  return [
    {
      by: "operator",
      change: `Write into ${first.file}, which is included ${first.position} the rules: exclude ${grants.map(named).join(", ")}.`,
      written: exclusions.map((one) => one.written).join("\n"),
      file: first.file,
      admits: exclusions.map((one) => one.admits).join(" And "),
      admitsSeen: it.admits,
      asked,
    },
  ]
}

/** One rule for all that is excluded, and one for each list that gets an entry. */
function exclusionsFor(grants: readonly Grant[], score: Score, deployment: Deployment): readonly Exclusion[] {
  const taken = new Set(deployment.taken)
  const allowed = grants.flatMap((grant) => {
    const about = grant.kind === "entry" ? score.contributions.find((it) => it.rule === grant.rule) : undefined
    const one = about === undefined ? undefined : allowanceFor(about, deployment, taken)
    for (const [, id] of one?.written.matchAll(/\bid:(\d+)/g) ?? []) taken.add(Number(id))
    return one ?? []
  })
  const rest = grants.flatMap((it) => (it.kind === "entry" ? [] : it))
  const excluded = rest.length === 0 ? undefined : exclusionOf(rest, deployment.place, deployment.engine, taken)
  return excluded === undefined ? allowed : [...allowed, excluded]
}

function named(it: Grant): string {
  if (it.kind === "rule") return `rule ${it.rule}`
  return it.kind === "entry" ? `${it.value} from rule ${it.rule}` : `${it.target} from rule ${it.rule}`
}

/** What the caller can change suffices by itself, or it is not told. */
function callerFixes(score: Score): readonly WafFix[] {
  const theirs = score.contributions.filter((it) => callersFix(it.rule) !== undefined)
  const options = theirs.map((it) => ({ score: it.score, breadth: 1 }))
  const [best] = minimalSets(options, needOf(score), 1).sets
  if (best === undefined || best.length === 0) return []
  const does = new Set(best.flatMap((at) => callersFix(theirs[at]?.rule ?? 0)?.change ?? []))
  return [{ by: "caller", change: [...does].join(" "), admits: "nobody else", admitsSeen: [], asked: 0 }]
}

function coversAny(it: Contribution, keys: ReadonlySet<string>, engine: Engine): boolean {
  const grant = grantFor(it.rule, it.target, engine)
  const whole = keyOfMatch(it, engine)
  const collection = whole.split(":", 1)[0] ?? whole
  return keys.has(keyOf(grant, engine)) || keys.has(String(it.rule)) || keys.has(whole) || keys.has(collection)
}
