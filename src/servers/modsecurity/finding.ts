import type { Party } from "../../decision/party.ts"
import type { NonEmpty } from "../../decision/value.ts"
import type { Weight } from "../../foreign/clue.ts"
import type { Score } from "./score.ts"

/** Codes of `foreign/` that lines of ModSecurity and Coraza speak for. */
export type WafCode =
  | "waf/coraza/rule-match"
  | "waf/crs/body-parser-error"
  | "waf/crs/content-type"
  | "waf/crs/host-ip-or-empty-ua"
  | "waf/crs/method"
  | "waf/modsecurity/crs-false-positive"
  | "waf/modsecurity/rule-match"

/** One cause the lines speak for. */
export interface WafFinding {
  readonly code: WafCode
  /** How much the lines weigh, as clues do. */
  readonly weight: Weight
  /** `quote` stands in `from` letter by letter. What decided first. */
  readonly evidence: NonEmpty<{ readonly from: string; readonly quote: string; readonly says: string }>
  /** Where the score decided. */
  readonly score?: Score
  /** Least grant first; empty where too little is known to write one. */
  readonly fixes: readonly WafFix[]
  /** What works and grants too much. */
  readonly unwise: NonEmpty<{ readonly does: string; readonly admits: string }>
  /** What was not given and could change the answer. */
  readonly unknown: readonly string[]
  /** What speaks for an attack and what for a request that was meant so. */
  readonly signs: { readonly attack: readonly string[]; readonly meant: readonly string[] }
  readonly next: { readonly ask: string; readonly why: string }
}

export interface WafFix {
  readonly by: Exclude<Party, "nobody">
  /** As an imperative. */
  readonly change: string
  /** Directives to paste, where there are any, and the file they belong into. */
  readonly written?: string
  readonly file?: string
  readonly admits: string
  /** Other refused requests of the same logs that it would let in. */
  readonly admitsSeen: readonly string[]
  /** How many others were asked. */
  readonly asked: number
}
