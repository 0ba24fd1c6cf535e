import type { McpPlan } from "../../config/mcp-plan.ts"
import { DEFAULT_PLACES } from "../../facts/identity.ts"
import type { McpRequest } from "../../facts/mcp.ts"
import { type Envelope, excerpt, type MessageFault, readEnvelope } from "../../mcp/envelope.ts"
import { objectAt, own, readJsonBytes } from "../../mcp/json.ts"
import { type Message, type RequestId, type RpcRequest, readMessage } from "../../mcp/message.ts"
import { META, STATELESS, WITH_SESSIONS } from "../../mcp/revision.ts"
import { SESSION_METHODS } from "../../mcp/session-methods.ts"
import type { BodySink } from "../body-sink.ts"
import type { Call } from "../call.ts"
import { fieldFault } from "./field-fault.ts"
import type { SessionWork } from "./in-session.ts"
import { isLocal, mayAsk } from "./origin.ts"
import { requestRead } from "./request-read.ts"
import type { Session } from "./session.ts"

const NOTHING = Buffer.alloc(0)
const LEAST = 1024
const UNKNOWN_SESSION: MessageFault = { code: "session-unknown", seen: "no session of this key has this id" }

/** What a request to the endpoint asks for, once it is known to be one. */
export type Asked =
  | { readonly kind: "stateless"; readonly request: RpcRequest; readonly envelope: Envelope }
  | { readonly kind: "initialize"; readonly request: RpcRequest }
  | { readonly kind: "session"; readonly session: Session; readonly work: SessionWork }
  /** The session is another thread's, by its id. */
  | { readonly kind: "elsewhere"; readonly session: string; readonly work: SessionWork }
  /** A notification that belongs to nothing. */
  | { readonly kind: "unheard" }

/** Reads one request to the endpoint whole, as deciding needs what it says. */
export class McpReading implements BodySink {
  readonly read: Promise<McpRequest>
  /** Undefined until it was read, and where it is at fault. */
  asked: Asked | undefined
  /** Of the request, as far as it could be read; refusals answer it. */
  id: RequestId | undefined
  /** The request named a session, and is not refused for want of it. */
  isOfSession = false
  /** The revision that was asked for and is not spoken here. */
  unsupported: string | undefined
  readonly #call: Call
  readonly #plan: McpPlan
  /** What was read; undefined until it was. */
  told: McpRequest | undefined
  readonly #resolve: (read: McpRequest) => void
  readonly #reject: (error: unknown) => void
  #bytes = NOTHING
  #length = 0

  constructor(call: Call) {
    const { promise, resolve, reject } = Promise.withResolvers<McpRequest>()
    this.read = promise
    this.#resolve = resolve
    this.#reject = reject
    promise.catch(() => undefined)
    this.#call = call
    this.#plan = call.running.outside.mcp.plan
    this.asked = undefined
    this.id = undefined
    this.unsupported = undefined
    this.told = undefined
    call.sink = this
    const destination = call.running.destinationOf(call.frame)
    call.identify(destination?.kind === "mcp" ? (destination.places ?? DEFAULT_PLACES) : DEFAULT_PLACES)
    const { head } = call.exchange
    if (head.method !== "POST" || head.framing.kind === "none") this.onBodyEnd()
    else call.exchange.readBody()
  }

  onBody(bytes: Uint8Array): void {
    const from = this.#length
    this.#length += bytes.length
    if (this.#length <= this.#plan.message) {
      if (this.#length > this.#bytes.length) this.#grow(from)
      this.#bytes.set(bytes, from)
      return
    }
    this.#bytes = NOTHING
    this.#call.exchange.pauseBody()
    this.#tell(this.#of({ code: "message-unreadable", seen: "a body that is too large" }, undefined))
  }

  onBodyEnd(): void {
    if (this.#length > this.#plan.message) return
    const message = this.#call.method === "POST" ? this.#message() : undefined
    const request = message?.kind === "request" ? message : undefined
    this.id = request?.id
    this.#bytes = NOTHING
    const asked = this.#judge(message)
    if (asked instanceof Promise) {
      asked.then((it) => this.#judged(it, request)).catch((error) => this.#reject(error))
      return
    }
    if ("code" in asked || asked.kind !== "stateless" || asked.request.method !== "tools/call") {
      this.#judged(asked, request)
      return
    }
    const fields = (name: string): string | undefined => this.#field(name)
    fieldFault(this.#call.running.outside.mcp.servers, asked.request, fields)
      .then((fault) => this.#judged(fault ?? asked, request))
      .catch((error) => this.#reject(error))
  }

  #judged(asked: Asked | MessageFault, request: RpcRequest | undefined): void {
    if ("code" in asked) {
      if (asked.code === "version-unsupported") this.unsupported = asked.seen
      this.#tell(this.#of(asked, request))
      return
    }
    this.asked = asked
    this.#tell(this.#of(undefined, request))
  }

  onCallerDrain(): void {
    // Nothing is answered while the message is still read.
  }

  onAbort(): void {
    this.#tell(this.#of({ code: "message-unreadable", seen: "a body that was cut" }, undefined))
  }

  #message(): ReturnType<typeof readMessage> {
    return readMessage(readJsonBytes(this.#bytes.subarray(0, this.#length)))
  }

  #field(name: string): string | undefined {
    return this.#call.exchange.head.fields.get(name)
  }

  #judge(message: ReturnType<typeof readMessage> | undefined): Asked | MessageFault | Promise<Asked | MessageFault> {
    const origin = this.#field("origin")
    if (origin !== undefined && !this.#mayAsk(origin)) return { code: "origin-not-allowed", seen: excerpt(origin) }
    if (message === undefined) return this.#ofSession({ kind: this.#call.method === "DELETE" ? "end" : "listen" })
    if (message.kind === "unreadable") return { code: "message-unreadable", seen: message.seen }
    if (this.#isStateless(message)) {
      if (message.kind !== "request") return { kind: "unheard" }
      const envelope = readEnvelope(message, (name) => this.#field(name))
      return "code" in envelope ? envelope : { kind: "stateless", request: message, envelope }
    }
    const version = this.#field("mcp-protocol-version")
    if (message.kind === "request" && message.method === "initialize") return { kind: "initialize", request: message }
    if (version !== undefined && !WITH_SESSIONS.includes(version))
      return { code: "version-unsupported", seen: excerpt(version) }
    if (message.kind === "request" && !SESSION_METHODS.has(message.method)) {
      this.isOfSession = this.#field("mcp-session-id") !== undefined
      return { code: "method-unknown", seen: excerpt(message.method) }
    }
    return this.#ofSession({ kind: "message", message })
  }

  #mayAsk(origin: string): boolean {
    const { host, running } = this.#call
    return mayAsk(origin, host, isLocal(running.plan.settings.listen.hostname), this.#plan.origins)
  }

  /** A client of the stateless revision says so in each request, in its body or in its fields. */
  #isStateless(message: Message): boolean {
    const meta = message.kind === "response" ? undefined : objectAt(message.params, "_meta")
    if (meta !== undefined && own(meta, META.version) !== undefined) return true
    if (message.kind === "request" && message.method === "server/discover") return true
    return this.#field("mcp-protocol-version") === STATELESS
  }

  #ofSession(work: SessionWork): Asked | MessageFault | Promise<Asked | MessageFault> {
    const id = this.#field("mcp-session-id")
    if (id === undefined) return { code: "session-missing", seen: "no field Mcp-Session-Id" }
    const { running, keyName, now } = this.#call
    const { mcp } = running.outside
    const session = mcp.session(id, keyName, now)
    if (session !== undefined) return { kind: "session", session, work }
    if (mcp.elsewhere === undefined) return UNKNOWN_SESSION
    return mcp.elsewhere
      .find(id, keyName)
      .then((isThere) => (isThere ? { kind: "elsewhere", session: id, work } : UNKNOWN_SESSION))
  }

  #tell(read: McpRequest): void {
    this.told ??= read
    this.#resolve(this.told)
  }

  #of(fault: MessageFault | undefined, request: RpcRequest | undefined): McpRequest {
    return requestRead(this.#call, this.#length, fault, request)
  }

  /** `used`: how many bytes of the old one count. */
  #grow(used: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.min(this.#plan.message, Math.max(LEAST, this.#length * 2)))
    grown.set(this.#bytes.subarray(0, used))
    this.#bytes = grown
  }
}
