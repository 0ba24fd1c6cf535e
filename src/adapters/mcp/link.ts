import type { McpServerPlan } from "../../config/mcp-plan.ts"
import type { Client } from "../../http/client.ts"
import { objectAt } from "../../mcp/json.ts"
import { META, NEWEST_WITH_SESSIONS, STATELESS } from "../../mcp/revision.ts"
import { HttpSession } from "./http-session.ts"
import { HttpStateless, statelessCall } from "./http-stateless.ts"
import { OpenApiPeer } from "./openapi-peer.ts"
import { type Introduction, NO_FIELDS, NOBODY, type Peer, type PeerEvents, ServerFault } from "./peer.ts"
import { StdioPeer } from "./stdio-peer.ts"

/** Milliseconds before a server that failed is tried again, doubled with each time it fails, and the most it becomes. */
const FIRST_PAUSE = 250
const LONGEST_PAUSE = 30_000
/** Milliseconds after which a server that fails is one that had been working. */
const STEADY = 10_000

/** How the gateway introduces itself where it asks for itself. */
export const OURSELVES: Introduction = {
  revision: NEWEST_WITH_SESSIONS,
  capabilities: {},
  clientInfo: { name: "pinpoint", version: "1" },
}

/**
 * The way to one server. Clients of sessions get a session of their own where the server has any, so that nobody sees
 * another's; all others share one connection. What is stateless is asked stateless.
 */
export class Link {
  readonly plan: McpServerPlan
  readonly #client: Client
  readonly #events: PeerEvents
  #shared: Promise<Peer> | undefined
  /** Whether it speaks the stateless revision over HTTP; undefined until it was asked. */
  #stateless: Promise<Peer | undefined> | undefined
  #failures = 0
  #notBefore = 0
  /** When the shared connection was made; 0 while there is none. */
  #since = 0
  #last: ServerFault | undefined

  /** `events`: what a shared connection says beside all calls. */
  constructor(plan: McpServerPlan, client: Client, events: PeerEvents) {
    this.plan = plan
    this.#client = client
    this.#events = events
    this.#shared = undefined
    this.#stateless = undefined
    this.#last = undefined
  }

  /** @throws ServerFault */
  shared(): Promise<Peer> {
    this.#shared ??= this.#tried(() =>
      this.#connect("stateless", OURSELVES, {
        ...this.#events,
        onClosed: () => {
          this.#shared = undefined
          // A program that ended has failed; a server that ended a session may be asked for another at once.
          if (this.plan.kind === "stdio") this.#failed(new ServerFault("reset", "the program ended"))
          this.#events.onClosed()
        },
      }),
    ).catch((error) => {
      this.#shared = undefined
      throw error
    })
    return this.#shared
  }

  /** A session of its own for a client; the shared connection where the server has none. @throws ServerFault */
  async session(introduction: Introduction, events: PeerEvents): Promise<Peer> {
    if (this.plan.kind === "openapi") return this.shared()
    this.#mustNotPause()
    try {
      return await this.#connect("sessions", introduction, events)
    } catch (error) {
      // Only what is no client's doing keeps others waiting.
      if (error instanceof ServerFault && error.code === "unreachable") this.#failed(error)
      throw error
    }
  }

  close(): void {
    this.#shared?.then((it) => it.close()).catch(() => undefined)
    this.#shared = undefined
  }

  async #connect(prefers: Peer["era"], introduction: Introduction, events: PeerEvents): Promise<Peer> {
    const { plan } = this
    switch (plan.kind) {
      case "stdio":
        return StdioPeer.start({ command: plan, introduction, prefers }, events)
      case "openapi":
        return OpenApiPeer.load(plan, this.#client)
      case "http": {
        const target = { client: this.#client, origin: plan.origin, path: plan.path, headers: plan.headers }
        if (prefers === "stateless") {
          const stateless = await this.#discovered()
          return stateless ?? HttpSession.begin(target, introduction, events)
        }
        try {
          return await HttpSession.begin(target, introduction, events)
        } catch (error) {
          const stateless = await this.#discovered()
          if (stateless === undefined) throw error
          return stateless
        }
      }
    }
  }

  /** The server as a stateless one; undefined where it is none. @throws ServerFault where that cannot be told. */
  #discovered(): Promise<Peer | undefined> {
    this.#stateless ??= this.#discover().catch((error) => {
      this.#stateless = undefined
      throw error
    })
    return this.#stateless
  }

  async #discover(): Promise<Peer | undefined> {
    const { plan } = this
    if (plan.kind !== "http") return undefined
    const target = { client: this.#client, origin: plan.origin, path: plan.path, headers: plan.headers }
    const _meta = { [META.version]: STATELESS, [META.capabilities]: {}, [META.clientInfo]: OURSELVES.clientInfo }
    const asked = statelessCall(target, 0, { method: "server/discover", params: { _meta }, fields: NO_FIELDS }, NOBODY)
    try {
      const outcome = await asked.outcome
      if (outcome.kind === "error") return undefined
      return new HttpStateless(target, objectAt(outcome.result, "capabilities") ?? {})
    } catch (error) {
      // An answer that is no message is how older servers say that they do not know the method.
      if (error instanceof ServerFault && error.code === "malformed") return undefined
      throw error
    }
  }

  /** Keeps from trying a server again and again that fails again and again. */
  async #tried(connect: () => Promise<Peer>): Promise<Peer> {
    this.#mustNotPause()
    try {
      const peer = await connect()
      this.#since = Date.now()
      return peer
    } catch (error) {
      this.#failed(error instanceof ServerFault ? error : new ServerFault("unreachable", String(error)))
      throw this.#last
    }
  }

  #mustNotPause(): void {
    if (Date.now() < this.#notBefore && this.#last !== undefined) throw this.#last
  }

  #failed(fault: ServerFault): void {
    if (this.#since !== 0 && Date.now() - this.#since > STEADY) this.#failures = 0
    this.#since = 0
    this.#last = fault
    this.#notBefore = Date.now() + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#failures++)
  }
}
