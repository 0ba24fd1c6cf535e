import type { Score } from "./score.ts"
import type { Transaction } from "./transaction.ts"

/** Which part of the stated score the lines given do not account for, or count too often. */
export function missingIn({ uniqueId, engine }: Transaction, score: Score): readonly string[] {
  const { stated, counted, contributions } = score
  const unnamed = contributions.filter((it) => it.target === undefined)
  const targets =
    unnamed.length === 0
      ? []
      : [
          `where ${unnamed.map((it) => `rule ${it.rule} (${it.matches} of its matches)`).join(", ")} matched: the lines name one target only`,
        ]
  if (stated === undefined || stated === counted) return targets
  if (stated < counted)
    return [
      ...targets,
      `why the lines add up to ${counted} and the rule set says ${stated}: its scores are configured otherwise, or lines were given twice`,
    ]
  const which = uniqueId === undefined ? "" : ` with unique_id ${uniqueId}`
  const where = engine === "modsecurity-3" ? "; nginx writes them at level info" : ""
  return [
    ...targets,
    `${stated - counted} of the score ${stated}: the lines${which} of the rules that added it were not given${where}`,
  ]
}
