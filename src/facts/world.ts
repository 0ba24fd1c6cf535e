import type { RequestFaultCode, UpstreamFaultCode } from "../http/fault.ts"
import type { ProviderFaultCode } from "../models/provider-fault.ts"
import type { Key } from "../ports/keys.ts"
import type { Ledger } from "../ports/ledger.ts"
import type { Meter, Reading } from "../ports/meter.ts"
import type { NanoUsd } from "../ports/money.ts"
import type { McpRequest } from "./mcp.ts"

/** Where a credential may stand in a request. */
export type CredentialPlace = { readonly kind: "header"; readonly name: string } | { readonly kind: "bearer" }

/** How a place is named in evidence: `X-API-Key`, `Authorization: Bearer`. */
export const placeName = (place: CredentialPlace): string =>
  place.kind === "bearer" ? "Authorization: Bearer" : place.name

/** Who asks, as far as a credential tells. */
export type Identity =
  | { readonly kind: "none" }
  | { readonly kind: "unknown"; readonly place: string }
  | { readonly kind: "known"; readonly place: string; readonly key: Key }

/** In the place of a fault on the wire: the gateway itself failed. */
export const GATEWAY_FAULT = "gateway"

/** What the gateway has at hand while it judges one request. Facts read it; they never see sockets or headers. */
export interface World {
  /** Milliseconds since the epoch, read once when the request arrived. */
  readonly now: number
  /** The client's, after trusted proxies were believed. */
  readonly address: string
  readonly method: string
  readonly host: string
  readonly path: string
  readonly wireFault: RequestFaultCode | typeof GATEWAY_FAULT | "none"
  /** What was seen of a wire fault; empty without one. */
  readonly wireSeen: string
  /** As declared; null when it is sent in chunks of unknown total. Bytes. */
  readonly declaredLength: number | null
  /** Bytes of the body that have come. */
  readonly receivedLength: number
  readonly upstreamFault: UpstreamFaultCode | "none"
  readonly upstreamSeen: string
  readonly providerFault: ProviderFaultCode | "none"
  readonly providerSeen: string
  /** What the address asks of a model; empty where it is none. */
  readonly modelOperation: string
  readonly meter: Meter
  readonly ledger: Ledger
  /** Names this decision among all. */
  readonly decision: string
  /** Known once `modelRequest` was awaited, and where it could be read. */
  readonly modelCall: ModelCallSeen | undefined
  /** The first credential found, in the order of the places. Looked up once per request and list of places. */
  identify(places: readonly CredentialPlace[]): Identity
  /** Reads the whole body as JSON and answers what it asks a model for. */
  modelRequest(): Promise<ModelRequest>
  /** Reads the whole message of the Model Context Protocol. */
  mcpRequest(): Promise<McpRequest>
  /** The same once it was read. */
  readonly mcpRead: McpRequest | undefined
  /** The texts of a model call, which guardrails look at. */
  readonly guarded: GuardedTexts
  /** How guardrails ask others. */
  readonly ask: GuardAsk
  /** Tells what a limit said, for the RateLimit fields of the answer. */
  metered(limit: number, windowMs: number, reading: Reading, unit?: MeteredUnit): void
}

/** What is counted; requests where nothing is said. */
export type MeteredUnit = "requests" | "tokens"

/** A model call as it is known before it is made. */
export interface ModelCallSeen {
  /** As callers name it. */
  readonly model: string | null
  /** What it takes at most, or likely. */
  readonly estimate: { readonly inputTokens: number; readonly outputTokens: number; readonly cost: NanoUsd }
}

/** What the body of a model call says, in so far as deciding needs it. */
export interface ModelRequest {
  /** Bytes of the body; where it is more than may be held, the number at which reading stopped. */
  readonly length: number
  readonly body: "a JSON object" | "not a JSON object" | "nested too deep"
  /** Null when none is named, or it is no string. */
  readonly model: string | null
  /** What of it is not what its dialect says, as `messages[2].role must be …`; null where it was read, or did not have to be. */
  readonly fault: string | null
  /** What no target can be told, where the model refuses to leave anything out; else null. */
  readonly losses: string | null
  /** Why none of the model's targets is for the call; null or absent where one is. */
  readonly untargeted?: string | null
}

/** One text of a model call. */
export interface GuardedText {
  readonly role: "system" | "user" | "assistant" | "tool"
  readonly text: string
  /** Of an answer: it is said beside the answer proper, as a thought or as what a tool is called with. */
  readonly isAside?: boolean
}

/** What is said in a model call, as its dialect says it, without what is no text. */
export interface GuardedTexts {
  /** Once `modelRequest` was awaited; a tool's result has the role `tool`. */
  request(): readonly GuardedText[]
  /** In the phase `answer`: what has come so far, not masked. */
  answer(): readonly GuardedText[]
}

/** Whom guardrails ask. What cannot be asked, or answers too late, throws. */
export interface GuardAsk {
  /** The name of the key that was given; null without one. */
  readonly key: string | null
  /** Sends JSON and answers the JSON that came back with a status of success. */
  post(url: string, body: unknown, withinMs: number): Promise<unknown>
  /** How objectionable a served model finds a text, from 0 to 1. */
  moderate(model: string, text: string, withinMs: number): Promise<number>
}
