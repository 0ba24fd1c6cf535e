import type { Effort } from "../models/form/request.ts"
import type { JsonObject } from "../models/json.ts"
import type { PromptInput } from "./input.ts"
import type { Template } from "./template.ts"

/** What is set of a call beside its texts. */
export interface PromptParameters {
  readonly temperature?: number
  readonly topP?: number
  /** Tokens of the answer. */
  readonly maxTokens?: number
  readonly seed?: number
  readonly stop: readonly string[]
  readonly effort?: Effort
}

export type PromptOutput =
  | { readonly kind: "text" }
  /** `check`: `valid` for a text that is JSON and fits, else why not. */
  | { readonly kind: "json"; readonly schema: JsonObject; readonly check: (text: string) => string }

/** What an answer is looked at for. */
export interface Expectation {
  readonly contains: readonly string[]
  readonly matches: RegExp | undefined
  /** Whether the output has to fit the prompt's schema; where it is not told, texts need not. */
  readonly schema: boolean
}

export interface PromptTest {
  readonly inputs: JsonObject
  readonly expect: Expectation
}

/** One version of a prompt that is published as an address of its own. */
export interface Prompt {
  readonly name: string
  readonly version: number
  /** What it is for, in a sentence; empty where nobody said. */
  readonly about: string
  /** As callers of models name it. */
  readonly model: string
  readonly inputs: readonly PromptInput[]
  readonly system: Template | undefined
  readonly user: Template
  readonly parameters: PromptParameters
  readonly output: PromptOutput
  readonly tests: readonly PromptTest[]
}

/** A prompt with all its versions. */
export interface PublishedPrompt {
  readonly name: string
  /** What is asked at the prompt's own address. */
  readonly current: Prompt
  /** The current one among them, by version. */
  readonly versions: readonly Prompt[]
}

/** Where a prompt is asked: its current version, or the one that is named. */
export const promptPath = (name: string, version?: number): string =>
  version === undefined ? `/prompts/${name}` : `/prompts/${name}/${version}`
