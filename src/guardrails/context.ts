import type { Source } from "../decision/source.ts"

/** Where guardrails are being turned into clauses. Paths are those inside the list, which begin with a number. */
export interface GuardrailContext {
  /** Where a part of the list is written. */
  sourceAt(path: readonly (string | number)[]): Source
  /** Reports settings that can never work. */
  refuse(path: readonly (string | number)[], message: string, hint: string): void
  /** The JSON of a file that the configuration names. @throws where it cannot be read. */
  readJson(file: string): unknown
}
