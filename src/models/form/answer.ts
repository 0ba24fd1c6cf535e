import type { Json, JsonObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"
import type { AnswerPart } from "./content.ts"
import type { Usage } from "./usage.ts"

export type Stop =
  | "end"
  | "length"
  | "tool-calls"
  | "stop-sequence"
  /** A content filter of the provider ended or withheld it. */
  | "filtered"
  /** The model declined. */
  | "refusal"
  /** The provider paused a long turn; the caller may send it back to go on. */
  | "pause"
  /** The stated reason is none of the above; see `stopDetail`. */
  | "other"

/** A token with its log probability (natural logarithm), and the likeliest ones in its place. */
export interface TokenLogprob {
  readonly token: string
  readonly logprob: number
  /** UTF-8 bytes; null where they are not told. */
  readonly bytes: readonly number[] | null
  readonly top: readonly {
    readonly token: string
    readonly logprob: number
    readonly bytes: readonly number[] | null
  }[]
}

export interface Choice {
  readonly parts: readonly AnswerPart[]
  readonly stop: Stop
  /** The stop sequence that was met, or the reason in the provider's words where it is `other` or `filtered`. */
  readonly stopDetail?: string
  readonly logprobs?: readonly TokenLogprob[]
}

/** A whole answer, whatever format it came in. */
export interface ChatAnswer {
  /** As the provider named it; formats without ids are given made ones. */
  readonly id: string
  /** As the provider named it. */
  readonly model: string
  /** Seconds since the epoch; 0 where it is not told. */
  readonly created: number
  readonly choices: readonly Choice[]
  /** Absent where the provider told none. */
  readonly usage?: Usage
  readonly serviceTier?: string
  /** Members that only their own format knows, by name (`system_fingerprint`, `groundingMetadata`). */
  readonly extras?: { readonly format: WireFormat; readonly members: JsonObject }
}

/** A provider's refusal or failure, as far as its answer tells. */
export interface ProviderError {
  /** The HTTP status; for an error inside a stream the one its type stands for, else 502. */
  readonly status: number
  /** The provider's words; empty where it said nothing readable. May quote what the caller sent; never holds our credentials. */
  readonly message: string
  /** The provider's own type or code: `overloaded_error`, `RESOURCE_EXHAUSTED`, `ThrottlingException`. */
  readonly type?: string
  readonly code?: string
  /** The member of the request it is about. */
  readonly param?: string
  /** What the body held beside, for the way back into the same format. */
  readonly raw?: Json
}
