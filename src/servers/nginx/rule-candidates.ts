import type { Evidence } from "../../decision/evidence.ts"
import { visible } from "../../text/excerpt.ts"
import type { Candidate } from "../remedies.ts"
import type { Refused } from "./candidates.ts"
import type { NginxConfiguration } from "./configuration.ts"
import { directiveAt, textOf } from "./directive-at.ts"
import { lineInside, patternInstead, quoted, without, wordBehind, wordInstead } from "./edits.ts"
import { sparing } from "./relations.ts"
import type { Exchange } from "./run/exchange.ts"
import type { Branch } from "./settings/script.ts"

/** Rules that answer by themselves: spare this one value, or take the rule out. */
export function ruleCandidates({ denial, configuration }: Refused): readonly Candidate[] {
  if (!/^nginx\/return/.test(denial.cause.code)) return []
  const [first] = denial.evidence
  const exchange = denial.frame.world
  const name = first.fact.name.startsWith("$") ? first.fact.name.slice(1) : undefined
  const spared = name === undefined || exchange === undefined ? [] : sparingValue(configuration, exchange, name, first)
  const directive = directiveAt(configuration, first.source)
  const text = directive === undefined ? undefined : textOf(configuration, directive)
  if (directive === undefined || text === undefined) return spared
  const rule = directive.name === "return" ? directive : directive.block?.find((it) => it.name === "return")
  if (rule === undefined) return spared
  return [...spared, without(rule, text, `Remove \`return\` in line ${rule.at.line}`)]
}

/** Where the value of the variable comes from: a line of `map` or `geo`, a `set` in another `if`, the referers that are valid. */
function sparingValue(
  configuration: NginxConfiguration,
  exchange: Exchange,
  name: string,
  { observedSource }: Evidence,
): readonly Candidate[] {
  if (name === "invalid_referer") return refererFor(configuration, exchange)
  const branch = exchange.branchOf(name)
  if (branch !== undefined) return relaxed(configuration, exchange, branch)
  const made = configuration.variables.get(name)
  const line = observedSource === undefined ? undefined : directiveAt(configuration, observedSource)
  if (made === undefined || made.kind === "unmodelled") return []
  const table = made.kind === "map" ? made.map.directive : made.geo.directive
  const text = textOf(configuration, table)
  const key = made.kind === "geo" ? exchange.clientText : exchange.fill(made.map.from)
  if (text === undefined || key === "" || (made.kind === "geo" && table.args.length > 1)) return []
  const isOwn = line !== undefined && line.name.replace(/^\\/, "").toLowerCase() === key.toLowerCase()
  const [value] = line?.args ?? []
  if (isOwn && value !== undefined)
    return [wordInstead(line, value, text, "0", `Set the value in line ${line.at.line} of \`${table.name}\` to 0`)]
  const entry = `${/^[~\\]/.test(key) ? quoted(`\\${key}`) : quoted(key)} 0;`
  const does = `Add \`${visible(entry)}\` to \`${table.name}\` in line ${table.at.line}`
  const added = lineInside(table, text, entry, does)
  const isDropped = line !== undefined && line !== table && line.name !== "default"
  return [
    ...(added === undefined ? [] : [added]),
    ...(isDropped ? [without(line, text, `Remove line ${line.at.line} of \`${table.name}\``)] : []),
  ]
}

function refererFor(configuration: NginxConfiguration, exchange: Exchange): readonly Candidate[] {
  const directive = (exchange.refused?.settings ?? exchange.settings).referers?.directives[0]
  const text = directive === undefined ? undefined : textOf(configuration, directive)
  if (directive === undefined || text === undefined) return []
  const referer = exchange.headers.first("referer")
  const host = /^https?:\/\/([a-z0-9.-]+)/i.exec(referer ?? "")?.[1]
  const word = referer === undefined ? "none" : (host ?? "blocked")
  const added = wordBehind(
    directive,
    directive.args.at(-1),
    text,
    word,
    `Add \`${word}\` to \`valid_referers\` in line ${directive.at.line}`,
  )
  return added === undefined ? [] : [added]
}

/** The condition under which another directive set the variable. */
function relaxed(
  configuration: NginxConfiguration,
  exchange: Exchange,
  { condition, directive }: Branch,
): readonly Candidate[] {
  const text = textOf(configuration, directive)
  if (text === undefined || condition.kind !== "matches" || condition.isNegated) return []
  const written = `${condition.pattern.isCaseless ? "~*" : "~"} ${condition.pattern.written}`
  const candidate = patternInstead(directive, sparing(written, exchange.variable(condition.name)), text)
  return candidate === undefined ? [] : [candidate]
}
