import type { UpstreamFaultCode } from "../../http/fault.ts"
import type { JsonObject } from "../../mcp/json.ts"
import type { Outcome } from "../../mcp/message.ts"
import type { Era } from "../../mcp/revision.ts"

/** What a server says while it works on a call. */
export interface CallEvents {
  onNotification(method: string, params: JsonObject): void
  /** The server asks the caller's client; its answer goes back to the server. */
  onRequest(method: string, params: JsonObject): Promise<Outcome>
}

/** What a server of sessions says beside all calls. */
export interface PeerEvents extends CallEvents {
  /** Nothing more comes of this connection; another has to be made. */
  onClosed(): void
}

export interface PeerCall {
  readonly method: string
  readonly params: JsonObject
  /** Header fields of the caller that go with the call over HTTP, by lower-case name. */
  readonly fields: ReadonlyMap<string, string>
}

/** A call under way. Its outcome rejects with a `ServerFault`. */
export interface PendingCall {
  readonly outcome: Promise<Outcome>
  /** Nobody waits for it any more; the outcome then never comes, or comes as a fault. */
  cancel(reason: string): void
}

/** A connection to one server: a session of it, or where it has none, the means to ask it. */
export interface Peer {
  readonly era: Era
  /** What the server says it can do. */
  readonly capabilities: JsonObject
  call(call: PeerCall, events: CallEvents): PendingCall
  notify(method: string, params: JsonObject): void
  close(): void
}

/** How a client of sessions introduces itself to a server. */
export interface Introduction {
  readonly revision: string
  readonly capabilities: JsonObject
  readonly clientInfo: JsonObject
}

/** A server that gave no answer that can be used; `seen` holds no secret. */
export class ServerFault extends Error {
  override readonly name = "ServerFault"
  readonly code: UpstreamFaultCode
  readonly seen: string
  /** The server refused to look at the request, as its session was over: it can be made again in another. */
  readonly isUnseen: boolean

  constructor(code: UpstreamFaultCode, seen: string, isUnseen = false) {
    super(`${code}: ${seen}`)
    this.code = code
    this.seen = seen
    this.isUnseen = isUnseen
  }
}

export const NO_FIELDS: ReadonlyMap<string, string> = new Map()

/** For whoever asks a server without a client behind it. */
export const NOBODY: CallEvents = {
  onNotification: () => {
    // There is nobody to be told.
  },
  onRequest: async (method) => ({
    kind: "error",
    error: { code: -32601, message: `the client has no ${method}` },
  }),
}
