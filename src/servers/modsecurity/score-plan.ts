import { cause } from "../../decision/cause.ts"
import { type Clause, check, following } from "../../decision/check.ts"
import { decide, isDenial } from "../../decision/decide.ts"
import { derivedFact, type Near, readFact } from "../../decision/fact.ts"
import { Frame } from "../../decision/frame.ts"
import { mend } from "../../decision/mend.ts"
import { type Plan, plan } from "../../decision/plan.ts"
import { reach } from "../../decision/reach.ts"
import { atMost } from "../../decision/relations.ts"
import { isList, type Value } from "../../decision/value.ts"
import { BEFORE_RULES } from "./exclusion.ts"

/** One request as scoring sees it. */
export interface Scored {
  /** By what an exclusion would name it, and its score. */
  readonly matches: readonly { readonly key: string; readonly score: number }[]
  /** Score of matches no line was given for. */
  readonly unaccounted: number
}

/** Another request to the same place, seen in the same logs, by a name people know it by. */
export interface NamedScored {
  readonly name: string
  readonly scored: Scored
}

/** A set of exclusions after which the evaluator permits the request. */
export interface ScoreMend {
  readonly keys: readonly string[]
  readonly admits: readonly string[]
}

const FILE = { file: BEFORE_RULES, path: "exclusions" }

const refusal = cause({
  code: "waf/score",
  status: 403,
  title: "The request's anomaly score reaches the threshold",
  explain: ([first]) => `The score of the request reaches the threshold: ${first.said}.`,
  fix: [{ by: "operator", does: "Exclude the rules at the places where they match what is meant." }],
})

/** What these rules match of the request: `5 941100 ARGS:text`. */
const matches = readFact<readonly string[], Scored>({
  name: "tx.matches",
  since: "content",
  party: "nobody",
  shownTo: "operator",
  read: (it) => it.matches.map(({ key, score }) => `${score} ${key}`),
})
const unaccounted = readFact<number, Scored>({
  name: "tx.unaccounted-score",
  since: "content",
  party: "nobody",
  shownTo: "operator",
  read: (it) => it.unaccounted,
})
/** Written in a file before the rules: a change of it is an edit of that file. */
const excluded = readFact<readonly string[], Scored>({
  name: "tx.excluded",
  since: "content",
  party: "operator",
  shownTo: "operator",
  read: () => [],
  source: () => FILE,
})
const selector = readFact<string, Scored>({
  name: "tx.phase",
  since: "wire",
  party: "nobody",
  shownTo: "operator",
  read: () => "score",
})

/**
 * Decides a request's score with the decision core: the fact `tx.anomaly-score`, at most one less than the threshold. `sets` are
 * what may help; what does not, is not returned. The threshold is not offered for change: raising it lets in every caller.
 */
export function scoreMends(
  request: Scored,
  threshold: number,
  sets: readonly (readonly string[])[],
  neighbours: readonly NamedScored[],
): readonly ScoreMend[] {
  const made = planFor(threshold, sets)
  const frame = new Frame(made, request)
  if (!isDenial(decide(frame))) return []
  const others = neighbours.map(({ name, scored }) => ({ name, frame: decided(made, scored) }))
  const found = mend(frame.complete()).flatMap((mending) => {
    const [{ to }] = mending.changes
    const { admits } = reach(mending, others)
    return isList(to) ? [{ keys: to, admits }] : []
  })
  const rank = new Map(sets.map((it, at) => [it.join("\n"), at]))
  return found.toSorted((a, b) => (rank.get(a.keys.join("\n")) ?? 0) - (rank.get(b.keys.join("\n")) ?? 0))
}

function decided(made: Plan<Scored>, scored: Scored): Frame<Scored> {
  const frame = new Frame(made, scored)
  decide(frame)
  return frame.complete()
}

function planFor(threshold: number, sets: readonly (readonly string[])[]): Plan<Scored> {
  const score = derivedFact<number>({
    name: "tx.anomaly-score",
    since: "content",
    party: "nobody",
    shownTo: "operator",
    from: [matches, unaccounted, excluded],
    derive: scoreWith,
    near: () => sets.map(offer),
  })
  const limit = following(threshold - 1, { file: BEFORE_RULES, path: "threshold" }, "operator")
  const clause: Clause<Scored> = {
    stage: "content",
    cause: refusal,
    anyOf: [check(score, atMost, limit)],
    whenUnknown: { deny: refusal },
  }
  return plan({ revision: "modsecurity", selector, tracks: new Map([["score", [clause]]]) })
}

const offer = (keys: readonly string[]): Near => ({
  name: keys.join(", "),
  said: "these would not count",
  source: FILE,
  changes: [{ at: 2, to: keys }],
})

/** The engine's own sum: what is excluded at this place does not run, and adds nothing. */
function scoreWith(matched: Value, rest: Value, without: Value): number {
  const keys = new Set(isList(without) ? without : [])
  let total = typeof rest === "number" ? rest : 0
  for (const it of isList(matched) ? matched : []) {
    const space = it.indexOf(" ")
    if (!isCovered(it.slice(space + 1), keys)) total += Number(it.slice(0, space))
  }
  return total
}

/** By itself, by its collection, or by its rule. */
function isCovered(key: string, keys: ReadonlySet<string>): boolean {
  const space = key.indexOf(" ")
  const colon = key.indexOf(":", space)
  return (
    keys.has(key) || (space !== -1 && keys.has(key.slice(0, space))) || (colon !== -1 && keys.has(key.slice(0, colon)))
  )
}
