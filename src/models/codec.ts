import type { ChatAnswer, ProviderError } from "./form/answer.ts"
import type { StreamEvent } from "./form/events.ts"
import type { Losses } from "./form/losses.ts"
import type { ChatRequest } from "./form/request.ts"
import type { Usage } from "./form/usage.ts"
import type { JsonObject } from "./json.ts"
import type { Quirks } from "./quirks.ts"
import type { WireFormat } from "./wire-format.ts"

/** How callers can ask for a chat. */
export const DIALECTS = ["openai-chat", "openai-completions", "openai-responses", "anthropic", "gemini"] as const
export type Dialect = (typeof DIALECTS)[number]

/** What the address of a request says, where it is not the body that says it (Gemini). */
export interface Asked {
  readonly model?: string
  readonly stream?: boolean
  /** How the events of a stream are framed, where the dialect has two ways; server-sent events where it is absent. */
  readonly framing?: "sse" | "json-array"
  /**
   * All targets speak this dialect, so that the request may name what its provider holds (an earlier response, a cached
   * prompt). Without it such a request is a fault: written in another format, its past would be missing.
   */
  readonly staysInFormat?: boolean
}

/** The half of a wire format that faces callers. Stateless; shared by all calls. */
export interface Inbound {
  readonly dialect: Dialect | "prompt"
  /** @throws FormFault naming the place of what is wrong. */
  readRequest(body: JsonObject, asked: Asked): ChatRequest
  /** `answer.model` is written as it is: the gateway has put the name there that the caller used. */
  writeAnswer(answer: ChatAnswer, request: ChatRequest, losses: Losses): JsonObject
  /** For one stream. */
  writer(request: ChatRequest, losses: Losses, asked?: Asked): StreamWriter
  /** The dialect's error body, which its SDKs read. */
  writeError(error: ToldError): JsonObject
}

/** A refusal or failure as callers are told it. */
export interface ToldError {
  /** The HTTP status of the answer; errors inside a stream have one too. */
  readonly status: number
  readonly message: string
  /** Our cause, `model/not-found`, or the provider's own code where the error is its. */
  readonly code: string
  /** The member of the request it is about. */
  readonly param?: string
  /** The provider's own type, where the error is the provider's and the dialect is its too. */
  readonly type?: string
  /** Facts of the refusal (cause, decision, evidence, fix), put where the dialect's SDKs keep them. */
  readonly facts: JsonObject
}

/** Writes events as the bytes of a dialect's stream. */
export interface StreamWriter {
  /** The media type of the answer. */
  readonly type: string
  /** Text to send for an event, framing included; empty for none. An `error` event ends the stream in the dialect's way. */
  write(event: StreamEvent): string
  /** As for an `error` event, with the gateway's own facts in it. */
  fail(error: ToldError): string
}

/** The half of a wire format that faces providers. Stateless; shared by all calls. */
export interface Outbound {
  readonly format: WireFormat
  /** The body; the model stands in it or in the address, as the format has it. Never reads more of quirks than its own. */
  writeRequest(request: ChatRequest, quirks: Quirks, losses: Losses): JsonObject
  /** @throws FormFault when it is no answer of this format. */
  readAnswer(body: JsonObject): ChatAnswer
  /** For one stream. */
  reader(): StreamReader
  /** What an answer with an error status says. `body` is undefined where it was no JSON object. */
  readError(status: number, body: JsonObject | undefined): ProviderError
  /** For one stream that is passed through: only what the gateway has to know of it, as cheaply as can be. */
  tap(): StreamTap
}

/** Reads the bytes of a provider's stream, split anywhere, as events; how they are split makes no difference. */
export interface StreamReader {
  /** @throws FormFault when the bytes are not of this format. */
  read(bytes: Uint8Array, to: (event: StreamEvent) => void): void
  /** The bytes have ended. Whether the stream was whole shows in whether `end` or `error` came. */
  close(to: (event: StreamEvent) => void): void
}

/** Looks at a passing stream without reading all of it. */
export interface StreamTap {
  read(bytes: Uint8Array): void
  /** What was seen, once the bytes have ended. */
  readonly seen: {
    readonly usage: Usage | undefined
    /** The format's own end came. */
    readonly isWhole: boolean
    readonly error: ProviderError | undefined
  }
}
