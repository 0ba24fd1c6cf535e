import { type Json, type JsonObject, objectAt, own, readJson } from "../../mcp/json.ts"
import { notificationText, type Outcome, readMessage, requestText, responseText } from "../../mcp/message.ts"
import { type Era, META, STATELESS } from "../../mcp/revision.ts"
import {
  type CallEvents,
  type Introduction,
  type Peer,
  type PeerCall,
  type PeerEvents,
  type PendingCall,
  ServerFault,
} from "./peer.ts"
import { type StdioCommand, StdioProcess } from "./stdio-process.ts"

/** Milliseconds after which a server that says nothing to `server/discover` is taken for one of sessions. */
const TO_DISCOVER = 3000
/** Lines that are no messages, after which a program is taken for something else than a server. */
const MOST_NOISE = 100

interface Calling {
  readonly events: CallEvents
  /** The progress token of the caller, in whose place stands the id. */
  readonly token: Json | undefined
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (fault: ServerFault) => void
}

/** What `StdioPeer.start` is given. */
export interface StdioStart {
  readonly command: StdioCommand
  readonly introduction: Introduction
  /** Whether it may be asked as a stateless server where it is one. */
  readonly prefers: Era
}

/** A program as a server: one channel for all calls, so that ids and progress tokens are the connection's own. */
export class StdioPeer implements Peer {
  era: Era = "sessions"
  capabilities: JsonObject = {}
  readonly #process: StdioProcess
  readonly #events: PeerEvents
  readonly #calls = new Map<number, Calling>()
  #ids = 0
  #noise = 0
  #gone: string | undefined

  private constructor(command: StdioCommand, events: PeerEvents) {
    this.#events = events
    this.#gone = undefined
    this.#process = new StdioProcess(command, {
      onLine: (line) => this.#onLine(line),
      onExit: (how) => this.#onExit(how),
    })
  }

  /** @throws ServerFault where it cannot be started or does not introduce itself. */
  static async start({ command, introduction, prefers }: StdioStart, events: PeerEvents): Promise<StdioPeer> {
    const peer = new StdioPeer(command, events)
    try {
      if (prefers === "sessions" && (await peer.#initialize(introduction))) return peer
      if (await peer.#discover(introduction)) return peer
      if (prefers === "stateless" && (await peer.#initialize(introduction))) return peer
      throw new ServerFault("malformed", "it answers neither initialize nor server/discover")
    } catch (error) {
      peer.close()
      throw error
    }
  }

  call({ method, params }: PeerCall, events: CallEvents): PendingCall {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    promise.catch(() => undefined)
    const id = ++this.#ids
    if (this.#gone !== undefined) {
      reject(new ServerFault("reset", this.#gone))
      return { outcome: promise, cancel: () => undefined }
    }
    const meta = objectAt(params, "_meta")
    const token = meta === undefined ? undefined : own(meta, "progressToken")
    const sent = token === undefined ? params : { ...params, _meta: { ...meta, progressToken: id } }
    this.#calls.set(id, { events, token, resolve, reject })
    this.#process.write(requestText(id, method, sent))
    return {
      outcome: promise,
      cancel: (reason) => {
        if (!this.#calls.delete(id)) return
        if (method !== "initialize") this.notify("notifications/cancelled", { requestId: id, reason })
        reject(new ServerFault("cut", reason))
      },
    }
  }

  notify(method: string, params: JsonObject): void {
    this.#process.write(notificationText(method, params))
  }

  close(): void {
    this.#process.close()
  }

  async #initialize({ revision, capabilities, clientInfo }: Introduction): Promise<boolean> {
    const params = { protocolVersion: revision, capabilities, clientInfo }
    const outcome = await this.call({ method: "initialize", params, fields: new Map() }, this.#events).outcome
    if (outcome.kind === "error") return false
    this.era = "sessions"
    this.capabilities = objectAt(outcome.result, "capabilities") ?? {}
    this.notify("notifications/initialized", {})
    return true
  }

  async #discover({ clientInfo }: Introduction): Promise<boolean> {
    const _meta = { [META.version]: STATELESS, [META.capabilities]: {}, [META.clientInfo]: clientInfo }
    const asked = this.call({ method: "server/discover", params: { _meta }, fields: new Map() }, this.#events)
    const timer = setTimeout(() => asked.cancel("no answer to server/discover"), TO_DISCOVER)
    try {
      const outcome = await asked.outcome
      if (outcome.kind === "error") return false
      this.era = "stateless"
      this.capabilities = objectAt(outcome.result, "capabilities") ?? {}
      return true
    } catch (error) {
      if (this.#gone !== undefined) throw error
      return false
    } finally {
      clearTimeout(timer)
    }
  }

  #onLine(line: string): void {
    const message = readMessage(readJson(line))
    switch (message.kind) {
      case "unreadable":
        // A program that also prints other things is common; one that prints nothing else is no server.
        if (++this.#noise > MOST_NOISE) this.#process.kill()
        return
      case "response":
        this.#onResponse(message.id, message.outcome)
        return
      case "notification":
        this.#onNotification(message.method, message.params)
        return
      case "request":
        this.#oldest()
          .onRequest(message.method, message.params)
          .then((outcome) => this.#process.write(responseText(message.id, outcome)))
          // Whoever should have answered is gone.
          .catch(() => undefined)
    }
  }

  #onResponse(id: string | number | null, outcome: Outcome): void {
    // A second response to one request finds nobody, and is nobody's.
    const calling = typeof id === "number" ? this.#calls.get(id) : undefined
    if (calling === undefined || typeof id !== "number") return
    this.#calls.delete(id)
    calling.resolve(outcome)
  }

  #onNotification(method: string, params: JsonObject): void {
    if (method === "notifications/progress") {
      const id = own(params, "progressToken")
      const calling = typeof id === "number" ? this.#calls.get(id) : undefined
      if (calling?.token !== undefined)
        calling.events.onNotification(method, { ...params, progressToken: calling.token })
      return
    }
    const meta = objectAt(params, "_meta")
    const subscription = meta === undefined ? undefined : own(meta, META.subscription)
    const listening = typeof subscription === "number" ? this.#calls.get(subscription) : undefined
    if (listening !== undefined) listening.events.onNotification(method, params)
    else if (method === "notifications/message") this.#onLog(method, params)
    else this.#events.onNotification(method, params)
  }

  /**
   * A log entry does not say to which call it belongs. On a session's own connection it is its client's in any case; on one
   * that many clients share it is told only where no other client can be meant.
   */
  #onLog(method: string, params: JsonObject): void {
    if (this.era === "sessions" || this.#calls.size === 1) this.#oldest().onNotification(method, params)
  }

  #oldest(): CallEvents {
    for (const { events } of this.#calls.values()) return events
    return this.#events
  }

  #onExit(how: string): void {
    this.#gone = how
    const calls = [...this.#calls.values()]
    this.#calls.clear()
    for (const { reject } of calls) reject(new ServerFault("reset", how))
    this.#events.onClosed()
  }
}
