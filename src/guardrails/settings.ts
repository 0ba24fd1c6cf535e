import type { SensitiveKind } from "./sensitive/sensitive-data.ts"

/** What is sent to a model, or what it answers. */
export type Side = "request" | "answer"

/** What becomes of a finding: it is blotted out and the text goes on, or nothing goes on. */
export type Treatment = "mask" | "refuse"

interface Guarded {
  /** Patterns of models, by the names callers use, `*` for anything; undefined for all. */
  readonly models: readonly string[] | undefined
}
interface Sided extends Guarded {
  readonly on: readonly Side[]
}
/** How long a text may be, in all units that are given. */
export interface Lengths {
  readonly characters: number | undefined
  readonly words: number | undefined
  readonly tokens: number | undefined
}

export interface SensitiveDataSettings extends Sided {
  readonly kind: "sensitive-data"
  readonly find: readonly SensitiveKind[]
  readonly names: readonly string[]
  readonly does: Treatment
}
export interface BannedTermsSettings extends Sided {
  readonly kind: "banned-terms"
  readonly terms: readonly string[]
  readonly does: Treatment
}
export interface PromptInjectionSettings extends Guarded {
  readonly kind: "prompt-injection"
  /** Refused is what scores more, from 0 to 1. */
  readonly above: number
}
export interface AnswerSchemaSettings extends Guarded {
  readonly kind: "answer-schema"
  readonly schema:
    | { readonly from: "inline"; readonly schema: Readonly<Record<string, unknown>> }
    | { readonly from: "file"; readonly file: string }
}
export interface LengthSettings extends Guarded {
  readonly kind: "length"
  readonly request: Lengths | undefined
  readonly answer: Lengths | undefined
}
export interface LanguageSettings extends Sided {
  readonly kind: "language"
  readonly allow: readonly string[]
}
export interface WebhookSettings extends Sided {
  readonly kind: "webhook"
  readonly url: string
  readonly above: number
  readonly withinMs: number
  /** When it cannot be asked, or says nothing that can be read. */
  readonly unknown: "deny" | "allow"
}
export interface ModerationSettings extends Sided {
  readonly kind: "moderation"
  /** One of the models that are served. */
  readonly model: string
  readonly above: number
  readonly withinMs: number
  readonly unknown: "deny" | "allow"
}

/** One guardrail, as it is written. */
export type GuardrailSettings =
  | SensitiveDataSettings
  | BannedTermsSettings
  | PromptInjectionSettings
  | AnswerSchemaSettings
  | LengthSettings
  | LanguageSettings
  | WebhookSettings
  | ModerationSettings

/** The sides a guardrail looks at. */
export function sidesOf(settings: GuardrailSettings): readonly Side[] {
  switch (settings.kind) {
    case "prompt-injection":
      return ["request"]
    case "answer-schema":
      return ["answer"]
    case "length":
      return [
        ...(settings.request === undefined ? [] : ["request" as const]),
        ...(settings.answer === undefined ? [] : ["answer" as const]),
      ]
    case "sensitive-data":
    case "banned-terms":
    case "language":
    case "webhook":
    case "moderation":
      return settings.on
  }
}
