import type { RequestFaultCode, UpstreamFaultCode } from "../http/fault.ts"
import type { Key } from "../ports/keys.ts"
import type { Meter, Reading } from "../ports/meter.ts"

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
  readonly meter: Meter
  /** The first credential found, in the order of the places. Looked up once per request and list of places. */
  identify(places: readonly CredentialPlace[]): Identity
  /** Reads the whole body as JSON and answers what it asks a model for. */
  modelRequest(): Promise<ModelRequest>
  /** Tells what a limit said, for the RateLimit fields of the answer. */
  metered(limit: number, windowMs: number, reading: Reading): void
}

/** What the body of a model call says, in so far as deciding needs it. */
export interface ModelRequest {
  /** Bytes of the body; where it is more than may be held, the number at which reading stopped. */
  readonly length: number
  readonly body: "a JSON object" | "not a JSON object" | "nested too deep"
  /** Null when none is named, or it is no string. */
  readonly model: string | null
}
