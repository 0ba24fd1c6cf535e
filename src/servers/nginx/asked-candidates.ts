import type { Candidate } from "../remedies.ts"
import type { Refused } from "./candidates.ts"
import { directiveAt, textOf } from "./directive-at.ts"
import { lineBefore, without, wordInstead } from "./edits.ts"

/** Where a request of the server to itself refused: spare this address, let that request say yes, or ask no more. */
export function askedCandidates({ denial, configuration }: Refused): readonly Candidate[] {
  const [first] = denial.evidence
  if (first.fact.name !== "auth.status") return []
  const exchange = denial.frame.world
  const directive = directiveAt(configuration, first.source)
  const text = directive === undefined ? undefined : textOf(configuration, directive)
  if (exchange === undefined || directive === undefined || text === undefined) return []
  const settings = exchange.refused?.settings ?? exchange.settings
  const client = exchange.clientText
  const isFree =
    settings.directive.block?.includes(directive) === true &&
    !settings.directive.block.some((it) => ["allow", "deny", "satisfy"].includes(it.name)) &&
    settings.realm === undefined &&
    exchange.client !== undefined
  const spared = `Let ${client} in by its address alone, before line ${directive.at.line}`
  const answer = exchange.asked?.denial.evidence[0].source
  const rule = answer === undefined ? undefined : directiveAt(configuration, answer)
  const code = rule?.name === "return" ? rule.args[0] : undefined
  const ruleText = rule === undefined ? undefined : textOf(configuration, rule)
  return [
    ...(isFree ? [lineBefore(directive, `satisfy any; allow ${client};`, spared)] : []),
    ...(rule === undefined || code === undefined || ruleText === undefined
      ? []
      : [wordInstead(rule, code, ruleText, "204", `Let the sub-request pass in line ${rule.at.line}`)]),
    without(directive, text, `Remove \`auth_request\` in line ${directive.at.line}`),
  ]
}
