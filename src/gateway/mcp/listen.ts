import { NO_FIELDS, NOBODY, type PendingCall } from "../../adapters/mcp/peer.ts"
import { anyMatches } from "../../config/mcp-clauses.ts"
import { paramsFor } from "../../mcp/between-eras.ts"
import { type JsonObject, listAt, objectAt, own } from "../../mcp/json.ts"
import { notificationText, type RequestId, type RpcRequest, success } from "../../mcp/message.ts"
import { META } from "../../mcp/revision.ts"
import type { McpClient } from "./client.ts"
import type { McpHub } from "./hub.ts"
import { within } from "./lists.ts"
import type { Reply } from "./reply.ts"
import type { ServerEntry } from "./servers.ts"

/** Milliseconds a server has to say that it will tell of changes, before the client is told so without it. */
const TO_ACKNOWLEDGE = 3000
/** Resources one stream may be about. */
const MOST_RESOURCES = 1000

const CHANGES = {
  "notifications/tools/list_changed": "toolsListChanged",
  "notifications/prompts/list_changed": "promptsListChanged",
  "notifications/resources/list_changed": "resourcesListChanged",
} as const
const FILTERS = Object.values(CHANGES)

/** A stream of changes (specification 2026-07-28, Subscriptions): one for the client, of all servers it may hear of. */
export function listen(
  hub: McpHub,
  answer: Reply,
  request: RpcRequest,
  client: McpClient,
  allowed: readonly string[],
): void {
  const listening = new Listening(hub, answer, request, client, allowed)
  answer.onGone = () => listening.stop()
  listening.begin().catch((error) => answer.fail(error))
}

class Listening {
  readonly #hub: McpHub
  readonly #answer: Reply
  readonly #id: RequestId
  readonly #client: McpClient
  readonly #filter: ReadonlySet<string>
  /** By server, its own URIs. */
  readonly #resources = new Map<ServerEntry, string[]>()
  readonly #uris: readonly string[]
  readonly #calls: PendingCall[] = []
  #isAcknowledged = false
  #early: string[] = []

  constructor(hub: McpHub, answer: Reply, request: RpcRequest, client: McpClient, allowed: readonly string[]) {
    this.#hub = hub
    this.#answer = answer
    this.#id = request.id
    this.#client = client
    const wanted = objectAt(request.params, "notifications") ?? {}
    this.#filter = new Set(FILTERS.filter((it) => own(wanted, it) === true))
    this.#uris = listAt(wanted, "resourceSubscriptions")
      .slice(0, MOST_RESOURCES)
      .flatMap((it) => (typeof it === "string" && this.#take(it, allowed) ? [it] : []))
  }

  async begin(): Promise<void> {
    this.#hub.changes.add(this)
    this.#hub.listenings.add(this)
    await Promise.all(this.#hub.servers.all.map((server) => this.#open(server)))
    const notifications = {
      ...Object.fromEntries([...this.#filter].map((it) => [it, true])),
      ...(this.#uris.length === 0 ? {} : { resourceSubscriptions: this.#uris }),
    }
    this.#answer.send(notificationText("notifications/subscriptions/acknowledged", this.#tagged({ notifications })))
    this.#isAcknowledged = true
    for (const message of this.#early) this.#answer.send(message)
    this.#early = []
  }

  /** A change at a server that is asked over a shared session. */
  onChange(server: string, method: string, params: JsonObject): void {
    const entry = this.#hub.servers.named(server)
    if (entry !== undefined) this.#tell(entry, method, params)
  }

  stop(): void {
    this.#hub.changes.delete(this)
    this.#hub.listenings.delete(this)
    for (const it of this.#calls) it.cancel("nobody listens any more")
  }

  /** The gateway ends it: a result says that nothing was lost. */
  end(): void {
    this.stop()
    this.#answer.finish(success({ resultType: "complete", ...this.#tagged({}) }))
  }

  #take(publicUri: string, allowed: readonly string[]): boolean {
    const routed = this.#hub.servers.names.routeUri(publicUri)
    if (routed === undefined || !anyMatches(allowed, routed.server.prefix + routed.name)) return false
    const known = this.#resources.get(routed.server) ?? []
    this.#resources.set(routed.server, [...known, routed.name])
    return true
  }

  /** Asks one server to tell of changes. One that cannot tells of none, and is not waited for. */
  async #open(server: ServerEntry): Promise<void> {
    const uris = this.#resources.get(server) ?? []
    if (this.#filter.size === 0 && uris.length === 0) return
    try {
      await within(TO_ACKNOWLEDGE, async () => {
        const peer = await this.#client.peer(server)
        if (peer.era === "stateless") await this.#subscribe(server, uris)
        else
          for (const uri of uris)
            await peer.call({ method: "resources/subscribe", params: { uri }, fields: NO_FIELDS }, NOBODY).outcome
      })
    } catch {
      // What changes there is not known; lists are read anew whenever they are asked for.
    }
  }

  async #subscribe(server: ServerEntry, uris: readonly string[]): Promise<void> {
    const peer = await this.#client.peer(server)
    if (server.link.plan.kind === "openapi") return
    const { promise, resolve } = Promise.withResolvers<void>()
    const notifications = {
      ...Object.fromEntries([...this.#filter].map((it) => [it, true])),
      ...(uris.length === 0 ? {} : { resourceSubscriptions: uris }),
    }
    const said = this.#client.said
    const params = paramsFor("stateless", { ...said, era: "sessions" }, { notifications })
    const pending = peer.call(
      { method: "subscriptions/listen", params, fields: NO_FIELDS },
      {
        ...NOBODY,
        onNotification: (method, told) => {
          if (method === "notifications/subscriptions/acknowledged") resolve()
          else this.#tell(server, method, told)
        },
      },
    )
    this.#calls.push(pending)
    pending.outcome.then(() => resolve()).catch(() => resolve())
    await promise
  }

  #tell(server: ServerEntry, method: string, params: JsonObject): void {
    if (method === "notifications/tools/list_changed") server.catalogue.forget()
    if (!this.#wants(server, method, params)) return
    const told = this.#hub.servers.form(server).notification(method, params)
    const message = notificationText(method, this.#tagged(told))
    if (this.#isAcknowledged) this.#answer.send(message)
    else this.#early.push(message)
  }

  #wants(server: ServerEntry, method: string, params: JsonObject): boolean {
    if (method === "notifications/resources/updated") {
      const uri = own(params, "uri")
      return typeof uri === "string" && (this.#resources.get(server)?.includes(uri) ?? false)
    }
    const filter = Object.entries(CHANGES).find(([name]) => name === method)?.[1]
    return filter !== undefined && this.#filter.has(filter)
  }

  #tagged(params: JsonObject): JsonObject {
    return { ...params, _meta: { ...objectAt(params, "_meta"), [META.subscription]: this.#id } }
  }
}
