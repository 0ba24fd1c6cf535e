import type { WafFinding } from "./finding.ts"
import type { Engine } from "./message.ts"
import type { Saying } from "./sayings.ts"

/** Where the score is known and what it came from is not. */
export function linesAsk(id: string | undefined, engine: Engine | undefined): WafFinding["next"] {
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

/** Whether it was an attack is the one thing no line says. */
export function meaningAsk(targets: readonly string[]): WafFinding["next"] {
  const what = targets.length === 0 ? "what matched" : targets.join(", ")
  return {
    ask: `Is ${what} meant to hold such text? Read the request in the audit log (parts B and C), and whether others who are signed in send the like.`,
    why: "The rules find the same text in an attack and in a request that is meant so; excluding them for an attack lets it through.",
  }
}

/** The rule's number as it stands in the line. */
export const quoteOf = ({ message, text }: Saying): string =>
  text.includes(message.idQuote) ? message.idQuote : String(message.id)

/** What works and grants too much. */
export const UNWISE: WafFinding["unwise"] = [
  { does: "SecRuleEngine Off or DetectionOnly", admits: "every attack, at every path" },
  { does: "a higher tx.inbound_anomaly_score_threshold", admits: "at every path whatever one or more rules find" },
  {
    does: "SecRuleRemoveById for the whole deployment",
    admits: "at every path and parameter what the rule would find",
  },
  { does: "excluding 949110 or 959100", admits: "every attack: they are the rules that refuse" },
]
