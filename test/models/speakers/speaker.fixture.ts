import type { Dialect } from "../../../src/models/codec.ts"

/** One conversation's first question, as a user of any SDK means it. */
export interface Question {
  readonly model: string
  readonly text: string
  readonly isStreamed: boolean
  readonly system?: string
  /** `get_weather` is offered; `forced`: and has to be called. */
  readonly tools?: "offered" | "forced"
  /** The answer shall be a person: `personSchema`. */
  readonly isPerson?: boolean
  readonly media?: "image" | "document"
  readonly maxTokens?: number
  readonly stop?: string
  readonly isThoughtTold?: boolean
}

/** What an SDK gives its user of an answer. */
export interface Told {
  readonly text: string
  /** How many events of the SDK brought text; 0 for a whole answer. */
  readonly pieces: number
  readonly calls: readonly { readonly name: string; readonly input: unknown }[]
  readonly reasoning: string
  /** Why it ended, in the SDK's words. */
  readonly stop: string
  readonly input: number | undefined
  readonly output: number | undefined
  /** Of a whole answer: `Pinpoint-Dropped`, empty where there is none. */
  readonly dropped: string
  /** The next turn, with what the SDK gave of this one sent back as its documentation says. */
  next(turn: NextTurn): Promise<Told>
}

export type NextTurn = { readonly results: readonly string[] } | { readonly text: string }

/** What a dialect or its SDK has no word for. */
export type Unsayable = "tools" | "forced" | "schema" | "image" | "document" | "reasoning" | "signature" | "stop"

/** How an SDK names the reasons to stop. */
export interface StopWords {
  readonly end: string
  readonly length: string
  readonly tools: string
  readonly sequence: string
  /** The model declined in words of its own. */
  readonly refusal: string
  /** A filter withheld the answer. */
  readonly filtered: string
}

/** An official SDK, unmodified: only its base address and its key are set. */
export interface Speaker {
  readonly name: string
  readonly dialect: Dialect
  /** With the reason. */
  readonly unsayable: ReadonlyMap<Unsayable, string>
  readonly stops: StopWords
  at(door: Door): (question: Question) => Promise<Told>
  /** The SDK's own error for a status; undefined where it is none of its. */
  errorOf(error: unknown): SdkError | undefined
}

export interface SdkError {
  /** The class. */
  readonly kind: string
  readonly status: number | undefined
  readonly message: string
}

/** Where an SDK asks, and with which key. `url`: without a path. */
export interface Door {
  readonly url: string
  readonly apiKey: string
}

export const personSchema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name", "age"],
  additionalProperties: false,
}

export const weatherTool = {
  name: "get_weather",
  description: "The weather of a city",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
}

/** Small, and enough for whoever only looks at its first bytes. */
export const smallPdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
).toString("base64")

export const droppedOf = (headers: Headers | undefined): string => headers?.get("pinpoint-dropped") ?? ""
