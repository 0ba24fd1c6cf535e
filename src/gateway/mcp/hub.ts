import { Link } from "../../adapters/mcp/link.ts"
import type { McpPlan } from "../../config/mcp-plan.ts"
import type { Client } from "../../http/client.ts"
import { createClient } from "../../http/connect.ts"
import type { JsonObject } from "../../mcp/json.ts"
import { failure, RPC } from "../../mcp/message.ts"
import { Catalogue } from "./catalogue.ts"
import { Elsewhere } from "./elsewhere.ts"
import { Servers } from "./servers.ts"
import { Session } from "./session.ts"

/** Milliseconds between two looks for sessions nobody uses. */
const TO_SWEEP = 10_000

/** What a listener of changes is told: which server, and what. */
export type Change = (server: string, method: string, params: JsonObject) => void

/** Connections to servers and sessions of clients. They outlive a reload as far as what they rest on stays the same. */
export class McpHub {
  readonly #onFault: (fault: unknown) => void
  readonly #sessions = new Map<string, Session>()
  readonly changes = new Set<Listener>()
  /** Streams of changes that are open; a stop ends them first, as they never end by themselves. */
  readonly listenings = new Set<{ end(): void }>()
  #plan: McpPlan | undefined
  #servers = new Servers([])
  #client: Client | undefined
  #sweeper: ReturnType<typeof setInterval> | undefined

  /** Sessions of other threads; undefined where this is the only one. */
  readonly elsewhere: Elsewhere | undefined

  /** `isShared`: other threads listen on the same port. */
  constructor(onFault: (fault: unknown) => void, isShared: boolean) {
    this.#onFault = onFault
    this.elsewhere = isShared ? new Elsewhere(this) : undefined
    this.#plan = undefined
    this.#client = undefined
    this.#sweeper = undefined
  }

  get plan(): McpPlan {
    if (this.#plan === undefined) throw new Error("no servers of the Model Context Protocol are configured")
    return this.#plan
  }

  get servers(): Servers {
    return this.#servers
  }

  /** `undefined`: there are none any more. */
  configure(plan: McpPlan | undefined): void {
    const isOther = this.#plan !== undefined && this.#plan.timeout !== plan?.timeout
    if (isOther) this.#release()
    this.#plan = plan
    const before = this.#servers
    const client = plan === undefined ? undefined : this.#clientFor(plan)
    const entries = (plan?.servers ?? []).map((it) => {
      const known = before.named(it.name)
      if (known !== undefined && !isOther && Bun.deepEquals(known.link.plan, it)) return known
      return this.#entry(it, client)
    })
    this.#servers = new Servers(entries)
    for (const old of before.all)
      if (!entries.includes(old)) {
        old.link.close()
        for (const session of this.#sessions.values()) this.#forget(session, old.name)
      }
    if (plan === undefined) for (const it of [...this.#sessions.values()]) this.end(it)
    this.#watch(plan !== undefined)
  }

  /** Undefined where there are as many as may be. */
  begin(
    key: string | undefined,
    introduced: ConstructorParameters<typeof Session>[2],
    now: number,
  ): Session | undefined {
    if (this.#sessions.size >= this.plan.sessions) return undefined
    const session = new Session(crypto.randomUUID(), key, introduced, now)
    this.#sessions.set(session.id, session)
    return session
  }

  /** A session of that key's; another's is as unknown as none. */
  session(id: string, key: string | undefined, now: number): Session | undefined {
    const session = this.#sessions.get(id)
    if (session === undefined || session.key !== key) return undefined
    session.usedAt = now
    return session
  }

  end(session: Session): void {
    this.#sessions.delete(session.id)
    session.end()
  }

  /** Streams of events would keep a stop waiting for as long as it may take. */
  endStreams(): void {
    for (const it of [...this.listenings]) it.end()
    for (const it of this.#sessions.values()) it.stopListening()
  }

  close(): void {
    this.elsewhere?.close()
    this.configure(undefined)
    this.#release()
  }

  #entry(plan: McpPlan["servers"][number], client: Client | undefined) {
    if (client === undefined) throw new Error("a server needs a client")
    const { name, prefix } = plan
    const events = {
      onNotification: (method: string, params: JsonObject) => this.#changed(name, method, params),
      onRequest: async (method: string) => failure(RPC.methodNotFound, `nobody is there to be asked for ${method}`),
      onClosed: () => this.#servers.named(name)?.catalogue.forget(),
    }
    const link = new Link(plan, client, events)
    return { name, prefix, link, catalogue: new Catalogue(link) }
  }

  #changed(server: string, method: string, params: JsonObject): void {
    if (method === "notifications/tools/list_changed") this.#servers.named(server)?.catalogue.forget()
    for (const listener of this.changes) listener.onChange(server, method, params)
  }

  #forget(session: Session, server: string): void {
    session.peers
      .get(server)
      ?.then((it) => it.close())
      .catch(() => undefined)
    session.peers.delete(server)
  }

  #clientFor({ timeout }: McpPlan): Client {
    this.#client ??= createClient(
      {
        connectTimeout: 10_000,
        answerTimeout: timeout,
        // A stream for changes may say nothing for days; calls have a clock of their own.
        stallTimeout: 2 ** 40,
        idleTimeout: 30_000,
        idlePerOrigin: 32,
        headBytes: 64 * 1024,
        fields: 256,
      },
      { onError: this.#onFault },
    )
    return this.#client
  }

  #release(): void {
    this.#client?.close()
    this.#client = undefined
  }

  #watch(isNeeded: boolean): void {
    if (!isNeeded) {
      clearInterval(this.#sweeper)
      this.#sweeper = undefined
      return
    }
    this.#sweeper ??= setInterval(() => this.#sweep(Date.now()), TO_SWEEP)
    this.#sweeper.unref()
  }

  #sweep(now: number): void {
    const most = this.#plan?.session ?? 0
    for (const it of this.#sessions.values())
      if (!it.isListening && it.calls.size === 0 && now - it.usedAt > most) this.end(it)
  }
}

/** Who wants to hear of changes at servers that clients share. */
export interface Listener {
  onChange: Change
}
