import { contentBannedTerm } from "../causes/content/banned-term.ts"
import { contentPromptInjection } from "../causes/content/prompt-injection.ts"
import { contentSensitiveData } from "../causes/content/sensitive-data.ts"
import { type Clause, check, following, written } from "../decision/check.ts"
import { atMost } from "../decision/relations.ts"
import type { GuardrailContext } from "./context.ts"
import { commonOf, guardClause } from "./guard-clause.ts"
import { PROMPT_INJECTION_VERSION } from "./injection/prompt-injection.ts"
import { INJECTION_SIGNALS } from "./injection/signals.ts"
import { worstOf } from "./injection/worst.ts"
import { noneOf } from "./none-of.ts"
import { BANNED_TERM, type PreparedGuardrail } from "./prepared.ts"
import { type GuardWorld, readingOf, textsOf } from "./readings.ts"
import { kindsIn } from "./scanner.ts"
import { SENSITIVE_DATA_VERSION } from "./sensitive/sensitive-data.ts"
import type { BannedTermsSettings, PromptInjectionSettings, SensitiveDataSettings, Side } from "./settings.ts"
import { TERMS_VERSION } from "./terms/terms.ts"

type Settings = SensitiveDataSettings | BannedTermsSettings | PromptInjectionSettings

/** Clauses of guardrails that look for something in texts. */
export function findingClauses(
  guardrail: PreparedGuardrail,
  settings: Settings,
  context: GuardrailContext,
): readonly Clause<GuardWorld>[] {
  switch (settings.kind) {
    case "sensitive-data": {
      const kinds = [...settings.find, ...(settings.names.length === 0 ? [] : ["name"])]
      const at = [guardrail.index, settings.kind, "find"]
      return settings.on.map((side) => {
        const refused = settings.does === "refuse" ? kinds : []
        const fact = kindsFact(guardrail, side, SENSITIVE_DATA_VERSION)
        // What is masked is read as well, so that the record says what was.
        const asked = following(refused, context.sourceAt(at), "anonymous")
        return guardClause(side, contentSensitiveData, [check(fact, noneOf, asked)])
      })
    }
    case "banned-terms":
      return settings.on.map((side) => {
        const refused = settings.does === "refuse" ? [BANNED_TERM] : []
        const fact = kindsFact(guardrail, side, TERMS_VERSION)
        const source = context.sourceAt([guardrail.index, settings.kind, "terms"])
        return guardClause(side, contentBannedTerm, [check(fact, noneOf, following(refused, source, "anonymous"))])
      })
    case "prompt-injection":
      return [injectionClause(guardrail, settings, context)]
  }
}

const kindsFact = (guardrail: PreparedGuardrail, side: Side, version: number) =>
  readingOf<readonly string[]>({ ...commonOf(guardrail, side, version), otherwise: [] }, (texts) =>
    kindsIn(textsOf(texts), guardrail.scanners),
  )

/** The score decides. Its signals are evidence beside it: where there are none, there is no score. */
function injectionClause(
  guardrail: PreparedGuardrail,
  { kind, above }: PromptInjectionSettings,
  context: GuardrailContext,
): Clause<GuardWorld> {
  const common = commonOf(guardrail, "request", PROMPT_INJECTION_VERSION)
  const score = readingOf<number>({ ...common, otherwise: 0 }, (texts) => worstOf(texts).score)
  const signals = readingOf<readonly string[]>(
    // Telling which words gave it away would help to find others.
    { ...common, name: `${guardrail.name}.signals`, otherwise: [], shownTo: "operator" },
    (texts) => worstOf(texts).signals,
  )
  const source = context.sourceAt([guardrail.index, kind, "above"])
  return guardClause("request", contentPromptInjection, [
    check(score, atMost, written(above, source, "anonymous")),
    check(signals, noneOf, following(INJECTION_SIGNALS, source, "operator")),
  ])
}
