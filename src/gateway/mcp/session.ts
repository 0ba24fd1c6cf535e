import type { Peer } from "../../adapters/mcp/peer.ts"
import type { JsonObject } from "../../mcp/json.ts"
import { failure, type Outcome, type RequestId, RPC } from "../../mcp/message.ts"

/** Messages kept for a client that does not listen at the moment. */
const MOST_KEPT = 100

/** Where messages to a client go: the answer to its call, or the stream it listens on. */
export interface Line {
  /** False where it is over. */
  send(message: string): boolean
  end(): void
}

/** Something that can be given up. */
export interface Cancellable {
  cancel(reason: string): void
}

/** One client of a revision with sessions: what it said of itself, what it asks, and what it is asked. */
export class Session {
  readonly id: string
  /** The name of the key it was begun with; for that key alone. */
  readonly key: string | undefined
  readonly revision: string
  readonly capabilities: JsonObject
  readonly clientInfo: JsonObject
  /** By server. */
  readonly peers = new Map<string, Promise<Peer>>()
  /** What the client asks at the moment, by its own ids. */
  readonly calls = new Map<RequestId, Cancellable>()
  /** Where answers to these go. */
  readonly lines = new Set<Line>()
  logLevel: string | undefined
  /** Milliseconds since the epoch. */
  usedAt: number
  #line: Line | undefined
  #kept: string[] = []
  #asked = 0
  readonly #waiting = new Map<RequestId, (outcome: Outcome) => void>()

  constructor(
    id: string,
    key: string | undefined,
    introduced: { readonly revision: string; readonly capabilities: JsonObject; readonly clientInfo: JsonObject },
    now: number,
  ) {
    this.id = id
    this.key = key
    this.revision = introduced.revision
    this.capabilities = introduced.capabilities
    this.clientInfo = introduced.clientInfo
    this.logLevel = undefined
    this.usedAt = now
    this.#line = undefined
  }

  /** The client listens from now on; a stream it listened on before gets nothing more. Returns that. */
  listen(line: Line): Line | undefined {
    const before = this.#line
    this.#line = line
    const kept = this.#kept
    this.#kept = []
    for (const message of kept) this.tell(message)
    return before
  }

  /** Sends what belongs to no call. */
  tell(message: string): void {
    if (this.#line?.send(message)) return
    this.#line = undefined
    this.#kept.push(message)
    if (this.#kept.length > MOST_KEPT) this.#kept.shift()
  }

  get isListening(): boolean {
    return this.#line !== undefined
  }

  stopListening(): void {
    this.#line?.end()
    this.#line = undefined
  }

  leave(line: Line): void {
    if (this.#line === line) this.#line = undefined
  }

  /** Asks the client, on the line of the call it belongs to; the client answers with a POST of its own. */
  ask(method: string, params: JsonObject, line: Line | undefined): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const id = `pinpoint-${++this.#asked}`
    this.#waiting.set(id, resolve)
    const message = JSON.stringify({ jsonrpc: "2.0", id, method, params })
    // A question that a server ties to no call still has to reach a client that does not listen beside its calls.
    const [open] = this.#line === undefined ? this.lines : []
    if (line === undefined && open?.send(message)) return promise
    if (line === undefined) this.tell(message)
    else if (!line.send(message)) this.answered(id, failure(RPC.internal, "the client is gone"))
    return promise
  }

  /** An answer nobody waits for is nobody's. */
  answered(id: RequestId, outcome: Outcome): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    waiting?.(outcome)
  }

  end(): void {
    for (const call of this.calls.values()) call.cancel("the session ended")
    this.calls.clear()
    for (const id of [...this.#waiting.keys()]) this.answered(id, failure(RPC.internal, "the session ended"))
    for (const peer of this.peers.values()) peer.then((it) => it.close()).catch(() => undefined)
    this.peers.clear()
    this.#line = undefined
    this.#kept = []
  }
}
