import type { JsonObject } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"

/** Where the bytes of a medium are. */
export type Medium =
  /** `data` is base64 (RFC 4648 §4) with padding; `type` a media type: `image/png`. */
  | { readonly kind: "inline"; readonly type: string; readonly data: string }
  /** `type` where it is told. */
  | { readonly kind: "address"; readonly url: string; readonly type?: string }
  /** A file the provider holds; its id means nothing to another provider. */
  | { readonly kind: "file"; readonly id: string; readonly type?: string }

/** "Keep the prompt up to here in the provider's cache." `hour`: for an hour rather than the provider's shorter default. */
export interface CacheMark {
  readonly hour: boolean
}

/** Where a passage of an answer comes from. Ranges count UTF-16 units of the part's text, [from, to). */
export interface Citation {
  readonly from?: number
  readonly to?: number
  /** What was quoted. */
  readonly quote?: string
  readonly title?: string
  readonly url?: string
  /** Which of the request's documents, counted from 0. */
  readonly document?: number
  /** The citation as its format writes it, for the way back into the same format. */
  readonly raw?: { readonly format: WireFormat; readonly value: JsonObject }
}

/** Text a request holds. */
export interface TextPart {
  readonly kind: "text"
  readonly text: string
  readonly cache?: CacheMark
}

export interface ImagePart {
  readonly kind: "image"
  readonly medium: Medium
  readonly detail?: "low" | "high" | "auto"
  readonly cache?: CacheMark
}

export interface DocumentPart {
  readonly kind: "document"
  readonly medium: Medium | { readonly kind: "text"; readonly text: string }
  readonly name?: string
  /** What the model is told about the document. */
  readonly context?: string
  /** Whether passages of it shall be cited. */
  readonly cited?: boolean
  readonly cache?: CacheMark
}

export interface AudioPart {
  readonly kind: "audio"
  readonly medium: Medium
  readonly cache?: CacheMark
}

export interface VideoPart {
  readonly kind: "video"
  readonly medium: Medium
  readonly cache?: CacheMark
}

/** Something only one format can say, as it writes it. Codecs of other formats drop it and say so. */
export interface OpaquePart {
  readonly kind: "opaque"
  readonly format: WireFormat
  /** What it is, in a few words, for the note: "server tool use web_search". */
  readonly what: string
  readonly value: JsonObject
  readonly cache?: CacheMark
}

/** What a user says. */
export type UserPart = TextPart | ImagePart | DocumentPart | AudioPart | VideoPart | OpaquePart

/** Text a model wrote. */
export interface AnswerText {
  readonly kind: "text"
  readonly text: string
  readonly citations?: readonly Citation[]
  readonly cache?: CacheMark
  /** A signature some formats put on text (Gemini's thoughtSignature). */
  readonly signature?: string
}

/** What a model thought. Signatures and redacted thoughts are opaque and must come back unchanged, to the same provider. */
export interface ReasoningPart {
  readonly kind: "reasoning"
  readonly text: string
  readonly signature?: string
  /** Thoughts that are told only encrypted. */
  readonly redacted?: string
  /** Which format signed or encrypted it; absent where neither was done. */
  readonly format?: WireFormat
  /** The id of a reasoning item (OpenAI responses). */
  readonly id?: string
}

export interface ToolCallPart {
  readonly kind: "tool-call"
  /** Unique in the conversation; formats without ids are given made ones. */
  readonly id: string
  readonly name: string
  /** JSON text as the model wrote it, which need not be valid; empty for no arguments. */
  readonly arguments: string
  readonly cache?: CacheMark
  /** Gemini's thoughtSignature. */
  readonly signature?: string
}

/** The model declined, in a member of its own (OpenAI's `refusal`). */
export interface RefusalPart {
  readonly kind: "refusal"
  readonly text: string
}

/** An image or sound a model made. */
export interface MadePart {
  readonly kind: "made"
  readonly medium: Medium
  /** What is said in a sound. */
  readonly transcript?: string
  readonly id?: string
}

/** What a model said, in requests (earlier turns) and in answers. */
export type AnswerPart = AnswerText | ReasoningPart | ToolCallPart | RefusalPart | MadePart | OpaquePart

export interface ToolResult {
  /** Of the call. */
  readonly id: string
  /** Of the tool, where the format tells or the conversation does; Gemini needs it. */
  readonly name?: string
  readonly parts: readonly UserPart[]
  readonly isError: boolean
  readonly cache?: CacheMark
}

export type Turn =
  /** After the conversation began; what is before it is the request's `system`. */
  | { readonly role: "system"; readonly parts: readonly TextPart[] }
  | { readonly role: "user"; readonly parts: readonly UserPart[]; readonly name?: string }
  | { readonly role: "assistant"; readonly parts: readonly AnswerPart[]; readonly name?: string }
  | { readonly role: "tool"; readonly results: readonly ToolResult[] }
