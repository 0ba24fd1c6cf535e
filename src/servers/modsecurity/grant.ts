import type { Engine } from "./message.ts"
import { type Contribution, sum } from "./score.ts"

/** What one exclusion takes from one rule, at the place where the request goes to. */
export type Grant =
  /** The rule no longer looks at this: `ARGS:description`. */
  | { readonly kind: "target"; readonly rule: number; readonly target: string }
  /** At no member of a collection: `ARGS`, since the member's name cannot be written. */
  | { readonly kind: "collection"; readonly rule: number; readonly target: string }
  /** The list the rule checks against has one more entry: a method, a type of body. */
  | { readonly kind: "entry"; readonly rule: number; readonly value: string }
  /** The rule does not run. */
  | { readonly kind: "rule"; readonly rule: number }

/** How much each grants, beside one named target; for ranking alone. */
const BREADTH = { target: 1, entry: 1, collection: 4, rule: 8 } as const

/** A grant with what it takes from the score of one request. */
export interface Option {
  readonly grant: Grant
  readonly score: number
  readonly breadth: number
}

/**
 * The narrowest grants that can be written for an engine; what only a wider one can cover is covered by it whole. `entries`: of
 * rules that check against a list, what to add to it.
 */
export function optionsFor(
  contributions: readonly Contribution[],
  engine: Engine,
  entries: ReadonlyMap<number, string>,
): readonly Option[] {
  return [...byRule(contributions)].flatMap(([rule, all]): readonly Option[] => {
    const value = entries.get(rule)
    if (value === undefined) return ofRule(rule, all, engine)
    return [{ grant: { kind: "entry", rule, value }, score: sum(all), breadth: BREADTH.entry }]
  })
}

/** The same with whole rules only. */
export function ruleOptionsFor(contributions: readonly Contribution[]): readonly Option[] {
  return [...byRule(contributions)].map(([rule, all]) => ({
    grant: { kind: "rule", rule },
    score: sum(all),
    breadth: BREADTH.rule,
  }))
}

const byRule = (contributions: readonly Contribution[]): ReadonlyMap<number, readonly Contribution[]> =>
  Map.groupBy(contributions, (it) => it.rule)

function ofRule(rule: number, all: readonly Contribution[], engine: Engine): readonly Option[] {
  const narrowest = all.map((it) => grantFor(rule, it.target, engine))
  if (narrowest.some((it) => it.kind === "rule")) return ruleOptionsFor(all)
  const byTarget = new Map<string, Option>()
  const collections = new Set(narrowest.flatMap((it) => (it.kind === "collection" ? it.target : [])))
  all.forEach(({ score }, at) => {
    const grant = narrowest[at]
    if (grant === undefined || grant.kind === "rule") return
    const collection = collectionOf(grant.target)
    const wide: Grant = collections.has(collection) ? { kind: "collection", rule, target: collection } : grant
    const key = keyOf(wide, engine)
    const known = byTarget.get(key)
    byTarget.set(key, { grant: wide, score: score + (known?.score ?? 0), breadth: BREADTH[wide.kind] })
  })
  return [...byTarget.values()]
}

export function grantFor(rule: number, target: string | undefined, engine: Engine): Exclude<Grant, { kind: "entry" }> {
  if (target === undefined || CHAINS.has(rule) || !MEMBER.test(target)) return { kind: "rule", rule }
  const collection = collectionOf(target)
  // What a rule computed or matched before cannot be excluded: exclusions speak of what the first rule of a chain looks at.
  if (collection === "TX" || collection.startsWith("MATCHED_") || COUNTED.has(target)) return { kind: "rule", rule }
  if (target === collection || WRITABLE[engine].test(target)) return { kind: "target", rule, target }
  return { kind: "collection", rule, target: collection }
}

const MEMBER = /^[A-Z][A-Z_0-9]*(?::|$)/

/** Logged bare where a rule counted members of a collection; excluding the collection does not stop the count. */
const COUNTED = new Set(["ARGS", "REQUEST_HEADERS", "REQUEST_COOKIES", "FILES", "REQBODY_ERROR"])

/**
 * Names that can stand in `ctl:ruleRemoveTargetById=…;ARGS:name`.
 *
 * 2: a value in apostrophes takes all but those, backslashes and what splits: `;`, `,`; `%{` would be a macro
 * (apache2/re.c `msre_parse_generic`). 3: the scanner's class, without `$`, which releases before 3.0.4 lack, and `;`
 * (src/parser/seclang-scanner.ll `REMOVE_RULE_BY`). Coraza: kept to the same, which it parses alike.
 */
const WRITABLE: Readonly<Record<Engine, RegExp>> = {
  "modsecurity-2": /^[A-Z_0-9]+:[ !#$&(-+\-.-:<-[\]-~]+$/,
  "modsecurity-3": /^[A-Z_0-9]+:[0-9A-Za-z_/.\-*:[\]]+$/,
  coraza: /^[A-Z_0-9]+:[0-9A-Za-z_/.\-*:[\]]+$/,
}

const collectionOf = (target: string): string => target.split(":", 1)[0] ?? target

/**
 * Chains of CRS 3.3 and 4. Of some, the first rule looks at something else than the one that matched last and is logged, so that
 * the logged target is no target of theirs; of others it looks at more than the one that is logged, and would find it there.
 */
const CHAINS = new Set([
  920170, 920171, 920180, 920181, 920190, 920200, 920201, 920202, 920240, 920250, 920300, 920310, 920311, 920340,
  920341, 920360, 920370, 920380, 920390, 920400, 920410, 920420, 920440, 920450, 920451, 920480, 920490, 920510,
  920640, 920650, 921180, 922100, 931130, 932180, 932200, 932205, 932206, 932207, 932240, 933120, 933151, 943110,
  943120, 944110, 944120,
])

/** One name for one grant. ModSecurity 2 compares names of targets whatever their case, the others letter by letter. */
export function keyOf(grant: Grant, engine: Engine): string {
  if (grant.kind === "rule") return String(grant.rule)
  if (grant.kind === "entry") return `${grant.rule} =${grant.value}`
  return `${grant.rule} ${engine === "modsecurity-2" ? grant.target.toLowerCase() : grant.target}`
}
