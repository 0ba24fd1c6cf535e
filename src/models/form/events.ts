import type { JsonObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import type { ProviderError, Stop, TokenLogprob } from "./answer.ts"
import type { AnswerPart, Citation, Medium } from "./content.ts"
import type { Usage } from "./usage.ts"

/**
 * An answer as it comes, whatever format it is streamed in.
 *
 * Laws, which readers keep and writers rely on: `start` is first. In each choice parts are numbered from 0 in the order they
 * begin; a part begins once, gets its deltas, and ends once; parts of one choice do not overlap (a reader whose format lets
 * them overlap holds the later one back). `stop` comes once per choice after its parts. `usage` may come at any time, and
 * the last one counts (each holds all that is known so far). `end` is last and comes exactly when the format's own end
 * was seen, so that a stream without it was cut. After `error` nothing follows.
 */
export type StreamEvent =
  | {
      readonly kind: "start"
      readonly id: string
      readonly model: string
      /** Seconds since the epoch; 0 where it is not told. */
      readonly created: number
      readonly extras?: { readonly format: WireFormat; readonly members: JsonObject }
    }
  | { readonly kind: "part"; readonly choice: number; readonly part: number; readonly begins: PartStart }
  /** Text of a text part, thoughts of a reasoning part, words of a refusal, JSON text of a tool call's arguments, a transcript. */
  | { readonly kind: "text"; readonly choice: number; readonly part: number; readonly text: string }
  | { readonly kind: "signature"; readonly choice: number; readonly part: number; readonly signature: string }
  | { readonly kind: "citation"; readonly choice: number; readonly part: number; readonly citation: Citation }
  /** Base64 of a made part's bytes, in pieces that decode each by itself. */
  | { readonly kind: "data"; readonly choice: number; readonly part: number; readonly data: string }
  | { readonly kind: "logprobs"; readonly choice: number; readonly tokens: readonly TokenLogprob[] }
  | { readonly kind: "part-end"; readonly choice: number; readonly part: number }
  | { readonly kind: "stop"; readonly choice: number; readonly stop: Stop; readonly detail?: string }
  | { readonly kind: "usage"; readonly usage: Usage }
  /** Keeps the connection alive. */
  | { readonly kind: "ping" }
  | { readonly kind: "error"; readonly error: ProviderError }
  | {
      readonly kind: "end"
      readonly serviceTier?: string
      readonly extras?: { readonly format: WireFormat; readonly members: JsonObject }
    }

/** What is known of a part when it begins; texts in it are empty and come as deltas. */
export type PartStart =
  | { readonly kind: "text" }
  | { readonly kind: "reasoning"; readonly redacted?: string; readonly format?: WireFormat; readonly id?: string }
  | { readonly kind: "tool-call"; readonly id: string; readonly name: string }
  | { readonly kind: "refusal" }
  | { readonly kind: "made"; readonly medium: Medium; readonly id?: string }
  /** Whole at once. */
  | { readonly kind: "opaque"; readonly part: Extract<AnswerPart, { readonly kind: "opaque" }> }
