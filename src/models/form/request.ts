import type { JsonObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import type { CacheMark, TextPart, Turn } from "./content.ts"

export type Tool =
  | {
      readonly kind: "function"
      readonly name: string
      readonly description?: string
      /** JSON Schema of the arguments; absent for none. */
      readonly parameters?: JsonObject
      readonly strict?: boolean
      readonly cache?: CacheMark
    }
  /** A tool the provider itself runs (web search, code execution), as its format writes it. */
  | { readonly kind: "provider"; readonly format: WireFormat; readonly what: string; readonly value: JsonObject }

export type ToolChoice =
  | { readonly kind: "auto" }
  | { readonly kind: "none" }
  | { readonly kind: "required" }
  | { readonly kind: "named"; readonly name: string }

export type OutputForm =
  | { readonly kind: "text" }
  /** Any JSON object. */
  | { readonly kind: "json" }
  | {
      readonly kind: "schema"
      readonly name: string
      readonly schema: JsonObject
      readonly strict?: boolean
      readonly description?: string
    }

export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const
export type Effort = (typeof EFFORTS)[number]

/** How much a model shall think. Formats tell it as an effort, as a number of tokens, or as either. */
export interface Reasoning {
  readonly effort?: Effort
  /** Tokens. */
  readonly budget?: number
  /** Whether thoughts shall be told; absent: as the provider does by default. */
  readonly told?: boolean
}

/** A chat with a model, whatever format it was asked in. Absent members were not set: providers have their own defaults. */
export interface ChatRequest {
  /** The model's name, as callers use it until a target is chosen, and then as the provider does. */
  readonly model: string
  readonly system: readonly TextPart[]
  readonly turns: readonly Turn[]
  readonly tools: readonly Tool[]
  readonly toolChoice?: ToolChoice
  readonly parallelTools?: boolean
  readonly output: OutputForm
  readonly reasoning?: Reasoning
  /** Tokens of the answer, thoughts included. */
  readonly maxTokens?: number
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  readonly minP?: number
  readonly seed?: number
  readonly presencePenalty?: number
  readonly frequencyPenalty?: number
  readonly stop: readonly string[]
  /** How many answers. */
  readonly choices?: number
  /** Log probabilities of so many likeliest tokens a position; 0 for those of the chosen tokens alone. */
  readonly logprobs?: number
  /** By token id of the model's own vocabulary, -100 to 100. */
  readonly logitBias?: JsonObject
  /** Which kinds of output are asked for beside text. */
  readonly modalities?: readonly ("text" | "audio" | "image")[]
  /** Audio output, as OpenAI writes it: `{voice, format}`. */
  readonly audio?: JsonObject
  readonly stream: boolean
  /** Whether the caller asked for usage at the stream's end, where its format has it asked for. */
  readonly streamUsage: boolean
  /** An opaque name of the end user, for abuse detection by the provider. */
  readonly user?: string
  readonly metadata?: JsonObject
  readonly serviceTier?: string
  /** Members of the body, by name, that only their own format knows. */
  readonly extras?: { readonly format: WireFormat; readonly members: JsonObject }
}

/** A request that says nothing but its model, for telling a caller of a call whose request was not read. */
export const bareRequest = (model: string, stream: boolean): ChatRequest => ({
  model,
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream,
  streamUsage: false,
})
