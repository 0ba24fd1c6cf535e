import type { EventReader } from "../../mcp/event-stream.ts"
import { type JsonObject, objectAt, textAt } from "../../mcp/json.ts"
import {
  type Message,
  notificationText,
  type Outcome,
  type RpcRequest,
  requestText,
  responseText,
} from "../../mcp/message.ts"
import { HttpAnswer, type HttpAsked, type HttpTarget } from "./http-answer.ts"
import { outcomeIn } from "./http-stateless.ts"
import {
  type CallEvents,
  type Introduction,
  type Peer,
  type PeerCall,
  type PeerEvents,
  type PendingCall,
  ServerFault,
} from "./peer.ts"

/** How often a stream that broke is taken up again without having told anything new. */
const MOST_RESUMED = 5
/** An id that a header field can hold. */
const RESUMABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
/** Milliseconds before that, where the server does not say. */
const BEFORE_RESUMING = 500

interface Calling {
  readonly id: number
  readonly events: CallEvents
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (fault: ServerFault) => void
  isOver: boolean
  /** Times it was taken up again since the last message. */
  resumed: number
  answer: HttpAnswer | undefined
  timer: ReturnType<typeof setTimeout> | undefined
}

/** A session of a server of revisions up to 2025-11-25 over HTTP. */
export class HttpSession implements Peer {
  readonly era = "sessions"
  capabilities: JsonObject = {}
  readonly #target: HttpTarget
  readonly #events: PeerEvents
  #session: string | undefined
  #revision: string | undefined
  #ids = 0
  #listening: HttpAnswer | undefined
  #relisten: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  private constructor(target: HttpTarget, events: PeerEvents) {
    this.#target = target
    this.#events = events
    this.#session = undefined
    this.#revision = undefined
    this.#listening = undefined
    this.#relisten = undefined
  }

  /** @throws ServerFault where no session could be begun; an `Outcome` error of the server is one, too. */
  static async begin(target: HttpTarget, introduction: Introduction, events: PeerEvents): Promise<HttpSession> {
    const session = new HttpSession(target, events)
    await session.#initialize(introduction)
    return session
  }

  call(call: PeerCall, events: CallEvents): PendingCall {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
    promise.catch(() => undefined)
    const calling: Calling = {
      id: ++this.#ids,
      events,
      resolve,
      reject,
      isOver: false,
      resumed: 0,
      answer: undefined,
      timer: undefined,
    }
    this.#send(calling, { method: "POST", fields: [], body: requestText(calling.id, call.method, call.params) })
    return {
      outcome: promise,
      cancel: (reason) => {
        if (calling.isOver) return
        calling.isOver = true
        clearTimeout(calling.timer)
        calling.answer?.abort()
        if (call.method !== "initialize") this.notify("notifications/cancelled", { requestId: calling.id, reason })
        reject(new ServerFault("cut", reason))
      },
    }
  }

  notify(method: string, params: JsonObject): void {
    this.#post(notificationText(method, params))
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#relisten)
    this.#listening?.abort()
    if (this.#session !== undefined) this.#ask({ method: "DELETE", fields: [], body: "" })
  }

  async #initialize({ revision, capabilities, clientInfo }: Introduction): Promise<void> {
    const params = { protocolVersion: revision, capabilities, clientInfo }
    const outcome = await this.call({ method: "initialize", params, fields: new Map() }, this.#events).outcome
    if (outcome.kind === "error") throw new ServerFault("malformed", `initialize failed with ${outcome.error.code}`)
    this.#revision = textAt(outcome.result, "protocolVersion") ?? revision
    this.capabilities = objectAt(outcome.result, "capabilities") ?? {}
    this.notify("notifications/initialized", {})
    this.#listen("")
  }

  #fields(): readonly (readonly [string, string])[] {
    return [
      ...(this.#revision === undefined ? [] : [["MCP-Protocol-Version", this.#revision] as const]),
      ...(this.#session === undefined ? [] : [["Mcp-Session-Id", this.#session] as const]),
    ]
  }

  #send(calling: Calling, asked: HttpAsked): void {
    calling.answer = new HttpAnswer(
      this.#target,
      { ...asked, fields: [...this.#fields(), ...asked.fields] },
      {
        onHead: ({ status, fields }) => {
          if (status === 404 && this.#session !== undefined) this.#ended(calling)
          this.#session ??= visible(fields.get("mcp-session-id"))
        },
        onMessage: (message) => this.#told(calling, message),
        onEnd: (stream) => this.#broke(calling, new ServerFault("cut", "the answer ended without a response"), stream),
        onFault: (fault, stream) => this.#broke(calling, fault, stream),
      },
    )
  }

  #told(calling: Calling, message: Message): void {
    if (calling.isOver) return
    calling.resumed = 0
    const outcome = outcomeIn(message, calling.id)
    if (outcome !== undefined) {
      calling.isOver = true
      calling.resolve(outcome)
    } else if (message.kind === "notification") calling.events.onNotification(message.method, message.params)
    else if (message.kind === "request") this.#pass(message, calling.events)
  }

  /** The stream of a call broke off; a server that gave its events ids lets it be taken up again (2025-11-25, Resumability). */
  #broke(calling: Calling, fault: ServerFault, stream: EventReader | undefined): void {
    if (calling.isOver) return
    if (stream === undefined || !RESUMABLE.test(stream.lastId) || calling.resumed++ >= MOST_RESUMED || this.#isClosed) {
      calling.isOver = true
      calling.reject(fault)
      return
    }
    const { lastId, retry } = stream
    const wait = Math.min(retry ?? BEFORE_RESUMING, 60_000)
    calling.timer = setTimeout(
      () => this.#send(calling, { method: "GET", fields: [["Last-Event-ID", lastId]], body: "" }),
      wait,
    )
  }

  /** Opens the stream for what belongs to no call; servers without one answer 405. */
  #listen(lastId: string): void {
    if (this.#isClosed) return
    let isThere = false
    const again = (stream: EventReader | undefined): void => {
      if (!isThere || this.#isClosed) return
      const wait = Math.min(stream?.retry ?? BEFORE_RESUMING, 60_000)
      this.#relisten = setTimeout(() => this.#listen(stream?.lastId ?? ""), wait)
      this.#relisten.unref()
    }
    const fields = !RESUMABLE.test(lastId) ? this.#fields() : [...this.#fields(), ["Last-Event-ID", lastId] as const]
    this.#listening = new HttpAnswer(
      this.#target,
      { method: "GET", fields, body: "" },
      {
        onHead: ({ status }) => {
          isThere = status === 200
        },
        onMessage: (message) => {
          if (message.kind === "notification") this.#events.onNotification(message.method, message.params)
          else if (message.kind === "request") this.#pass(message, this.#events)
        },
        onEnd: again,
        onFault: (_, stream) => again(stream),
      },
    )
  }

  #pass({ id, method, params }: RpcRequest, events: CallEvents): void {
    events
      .onRequest(method, params)
      .then((outcome) => this.#post(responseText(id, outcome)))
      // Whoever should have answered is gone.
      .catch(() => undefined)
  }

  #post(body: string): void {
    if (!this.#isClosed) this.#ask({ method: "POST", fields: [], body })
  }

  /** Sends what needs no answer. */
  #ask(asked: HttpAsked): void {
    const nothing = (): void => undefined
    const events = { onHead: nothing, onMessage: nothing, onEnd: nothing, onFault: nothing }
    new HttpAnswer(this.#target, { ...asked, fields: this.#fields() }, events)
  }

  /** A server says by 404 that it ended the session (2025-11-25, Session Management). */
  #ended(calling: Calling): void {
    if (!calling.isOver) {
      calling.isOver = true
      calling.reject(new ServerFault("reset", "the server ended the session", true))
    }
    if (this.#isClosed) return
    this.#isClosed = true
    this.#listening?.abort()
    this.#events.onClosed()
  }
}

const visible = (id: string | undefined): string | undefined =>
  id !== undefined && /^[\x21-\x7e]{1,1024}$/.test(id) ? id : undefined
