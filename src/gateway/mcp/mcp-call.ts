import { NO_FIELDS, type PendingCall, ServerFault } from "../../adapters/mcp/peer.ts"
import { askedFor, renamed } from "../../mcp/asked-for.ts"
import { type JsonObject, objectAt, textAt } from "../../mcp/json.ts"
import { failure, type Outcome, RPC, type RpcRequest } from "../../mcp/message.ts"
import { paramFields } from "../../mcp/param-fields.ts"
import { ask } from "./asking.ts"
import type { McpClient } from "./client.ts"
import type { McpHub } from "./hub.ts"
import type { Reply } from "./reply.ts"
import type { ServerEntry } from "./servers.ts"

/** One request that is for one server: `tools/call`, `prompts/get`, reading, subscribing and completing. */
export class McpCall {
  readonly #hub: McpHub
  readonly #answer: Reply
  readonly #client: McpClient
  #pending: PendingCall | undefined
  #cancelled: string | undefined

  constructor(hub: McpHub, answer: Reply, client: McpClient) {
    this.#hub = hub
    this.#answer = answer
    this.#client = client
    this.#pending = undefined
    this.#cancelled = undefined
    // A stateless client that goes away cancels by that; one with a session says so where it means it.
    answer.onGone = () => {
      if (client.said.era === "stateless") this.cancel("the client went away")
    }
  }

  /** The request's names are those callers use. `fields`: those of the request that repeat parameters. */
  run(request: RpcRequest, fields: ReadonlyMap<string, string>): Promise<void> {
    return this.#asked(request, fields)
      .then((outcome) => {
        if (this.#cancelled === undefined) this.#answer.finish(outcome)
      })
      .catch((error) => {
        if (this.#cancelled === undefined) this.#answer.fail(error)
      })
  }

  /** The client wants no answer any more. */
  cancel(reason: string): void {
    if (this.#cancelled !== undefined) return
    this.#cancelled = reason
    this.#pending?.cancel(reason)
    this.#answer.end()
  }

  async #asked({ method, params }: RpcRequest, fields: ReadonlyMap<string, string>): Promise<Outcome> {
    const to = this.#route(method, params)
    if (to === undefined) return failure(RPC.invalidParams, "the request names nothing that a server here has")
    const { server, params: own } = to
    try {
      return await this.#answered(method, own, server, fields)
    } catch (error) {
      if (!(error instanceof ServerFault) || !error.isUnseen) throw error
      return this.#answered(method, own, server, fields)
    }
  }

  async #answered(
    method: string,
    params: JsonObject,
    server: ServerEntry,
    fields: ReadonlyMap<string, string>,
  ): Promise<Outcome> {
    const peer = await this.#client.peer(server)
    const subscribing = method === "resources/subscribe" || method === "resources/unsubscribe"
    if (subscribing && peer.era === "stateless") return { kind: "result", result: {} }
    const sent = peer.era === "stateless" ? await this.#paramFields(method, params, server, fields) : NO_FIELDS
    if (this.#cancelled !== undefined) return failure(RPC.internal, this.#cancelled)
    this.#pending = ask(peer, {
      client: this.#client.said,
      method,
      params,
      fields: sent,
      events: this.#client.events(server, this.#answer),
      timeout: this.#hub.plan.timeout,
    })
    const outcome = await this.#pending.outcome
    return outcome.kind === "error"
      ? outcome
      : { kind: "result", result: this.#hub.servers.form(server).result(method, outcome.result) }
  }

  /** Whose it is, and the request with that server's own name. */
  #route(
    method: string,
    params: JsonObject,
  ): { readonly server: ServerEntry; readonly params: JsonObject } | undefined {
    const { names } = this.#hub.servers
    const asked = askedFor(method, params)
    if (asked === undefined) return undefined
    const to = asked.kind === "resource" ? names.routeUri(asked.name) : names.route(asked.name)
    return to === undefined ? undefined : { server: to.server, params: renamed(method, params, asked, to.name) }
  }

  /** Fields the client sent for the tool; those a client of sessions would have sent, had its revision had them. */
  async #paramFields(
    method: string,
    params: JsonObject,
    server: ServerEntry,
    fields: ReadonlyMap<string, string>,
  ): Promise<ReadonlyMap<string, string>> {
    if (method !== "tools/call") return new Map()
    if (this.#client.said.era === "stateless") return fields
    const name = textAt(params, "name") ?? ""
    const tool = (await server.catalogue.withTool(name)).get(name)
    return tool === undefined ? new Map() : paramFields(tool, objectAt(params, "arguments") ?? {})
  }
}
