import { type ModelMatch, modelMatch } from "./model-pattern.ts"
import { type Scanner, Scanners } from "./scanner.ts"
import { sensitiveScanners } from "./sensitive/sensitive-data.ts"
import type { GuardrailSettings } from "./settings.ts"
import { Terms } from "./terms/terms.ts"

/** The kind under which a term of a list is found. */
export const BANNED_TERM = "banned-term"

/** A guardrail with all that is made of its settings once, when the plan is built. */
export interface PreparedGuardrail {
  readonly settings: GuardrailSettings
  /** Its place in the list, and its name among all: `banned-terms`, `banned-terms-2`. */
  readonly index: number
  readonly name: string
  readonly appliesTo: ModelMatch
  /** Of those that look for parts of a text. */
  readonly finds: readonly Scanner[]
  readonly scanners: Scanners
}

export function prepareGuardrails(all: readonly GuardrailSettings[]): readonly PreparedGuardrail[] {
  return all.map((settings, index) => {
    const ordinal = all.slice(0, index).filter((it) => it.kind === settings.kind).length
    const finds = scannersOf(settings)
    return {
      settings,
      index,
      name: ordinal === 0 ? settings.kind : `${settings.kind}-${ordinal + 1}`,
      appliesTo: modelMatch(settings.models),
      finds,
      scanners: new Scanners(finds),
    }
  })
}

function scannersOf(settings: GuardrailSettings): readonly Scanner[] {
  switch (settings.kind) {
    case "sensitive-data":
      return sensitiveScanners(settings.find, settings.names)
    case "banned-terms":
      return [new Terms(BANNED_TERM, settings.terms, true)]
    case "prompt-injection":
    case "answer-schema":
    case "length":
    case "language":
    case "webhook":
    case "moderation":
      return []
  }
}
