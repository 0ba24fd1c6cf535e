import { ServerFault } from "../../adapters/mcp/peer.ts"
import type { McpHub } from "./hub.ts"
import { inSession, type SessionWork } from "./in-session.ts"
import { RemoteReply, type Told } from "./remote-reply.ts"
import type { Reply } from "./reply.ts"

/** Milliseconds that other threads have to say that a session is theirs. */
const TO_FIND = 250
const CHANNEL = "pinpoint-mcp-sessions"

/** What threads say to each other. All of them hear it; ids tell whom it is for. */
type Said =
  | { readonly kind: "who"; readonly id: string; readonly session: string; readonly key: string | undefined }
  | { readonly kind: "here"; readonly id: string }
  | {
      readonly kind: "work"
      readonly id: string
      readonly session: string
      readonly key: string | undefined
      readonly work: SessionWork
      readonly allowed: readonly string[]
    }
  | { readonly kind: "told"; readonly id: string; readonly told: Told }
  | { readonly kind: "gone"; readonly id: string }

/**
 * Sessions of the other threads that share the port. The kernel deals connections out, so that a client's next request comes
 * to any of them, and its session is in one: requests are decided where they come in, and carried out where the session is.
 */
export class Elsewhere {
  readonly #hub: McpHub
  readonly #channel = new BroadcastChannel(CHANNEL)
  #isClosed = false
  readonly #finding = new Map<string, (isThere: boolean) => void>()
  /** Replies made here to what is done elsewhere, and the other way round. */
  readonly #replies = new Map<string, Reply>()
  readonly #remote = new Map<string, RemoteReply>()

  constructor(hub: McpHub) {
    this.#hub = hub
    this.#channel.onmessage = ({ data }) => {
      if (isSaid(data)) this.#hear(data)
    }
    this.#channel.unref()
  }

  /** Whether another thread has that session of that key. */
  find(session: string, key: string | undefined): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const id = crypto.randomUUID()
    const timer = setTimeout(() => found(false), TO_FIND)
    const found = (isThere: boolean): void => {
      clearTimeout(timer)
      this.#finding.delete(id)
      resolve(isThere)
    }
    this.#finding.set(id, found)
    this.#say({ kind: "who", id, session, key })
    return promise
  }

  /** Has it done where the session is; what comes of it is told to the reply. */
  work(session: string, key: string | undefined, work: SessionWork, allowed: readonly string[], reply: Reply): void {
    const id = crypto.randomUUID()
    this.#replies.set(id, reply)
    reply.onGone = () => {
      this.#replies.delete(id)
      this.#say({ kind: "gone", id })
    }
    this.#say({ kind: "work", id, session, key, work, allowed })
  }

  close(): void {
    this.#isClosed = true
    this.#channel.close()
  }

  #say(said: Said): void {
    if (!this.#isClosed) this.#channel.postMessage(said)
  }

  #hear(said: Said): void {
    switch (said.kind) {
      case "who":
        if (this.#hub.session(said.session, said.key, Date.now()) !== undefined)
          this.#say({ kind: "here", id: said.id })
        break
      case "here":
        this.#finding.get(said.id)?.(true)
        break
      case "work":
        this.#do(said)
        break
      case "told":
        this.#tell(said.id, said.told)
        break
      case "gone":
        this.#remote.get(said.id)?.gone()
        this.#remote.delete(said.id)
        break
    }
  }

  #do({ id, session: name, key, work, allowed }: Extract<Said, { kind: "work" }>): void {
    const session = this.#hub.session(name, key, Date.now())
    if (session === undefined) return
    const reply = new RemoteReply((told) => {
      if (told.kind !== "stream" && told.kind !== "send") this.#remote.delete(id)
      this.#say({ kind: "told", id, told })
    })
    this.#remote.set(id, reply)
    inSession(this.#hub, reply, session, work, allowed)
  }

  #tell(id: string, told: Told): void {
    const reply = this.#replies.get(id)
    if (reply === undefined) return
    if (told.kind !== "stream" && told.kind !== "send") this.#replies.delete(id)
    switch (told.kind) {
      case "send":
        reply.send(told.message)
        break
      case "finish":
        reply.finish(told.outcome, told.fields)
        break
      case "fail":
        reply.fail(new ServerFault(told.code, told.seen))
        break
      default:
        reply[told.kind]()
    }
  }
}

/** The channel is the process's own: what is said on it was said here. */
const isSaid = (data: unknown): data is Said => typeof data === "object" && data !== null && "kind" in data
