import type { GatewayPlan } from "../config/gateway-plan.ts"
import type { McpPlan } from "../config/mcp-plan.ts"
import type { Client, ClientLimits } from "../http/client.ts"
import { createClient } from "../http/connect.ts"
import { type Server, serve } from "../http/serve.ts"
import type { ServerLimits } from "../http/server.ts"
import { Health } from "../models/routing/health.ts"
import type { KeyStore } from "../ports/keys.ts"
import { Call } from "./call.ts"
import { asExchange } from "./fault-exchange.ts"
import { Flow } from "./flow.ts"
import { keysOf } from "./keys.ts"
import { McpHub } from "./mcp/hub.ts"
import { type Outside, Running } from "./running.ts"

/** Idle connections kept to each upstream. */
const IDLE_PER_ORIGIN = 128
/** Milliseconds; shorter than the 60 to 75 s that servers commonly keep theirs, so that it is us who closes. */
const IDLE_TIMEOUT = 30_000

export interface GatewayOptions extends Omit<Outside, "keys" | "client" | "mcp" | "health"> {
  /** Keys made at run time; those of the file come with the plan. */
  readonly keys: KeyStore
  readonly plan: GatewayPlan
  /** Several workers listen on one port; the kernel deals connections out. */
  readonly sharesPort: boolean
  /** In place of the configured one. */
  readonly port?: number
}

/** A listening gateway. */
export class Gateway {
  readonly #options: GatewayOptions
  readonly #server: Server
  readonly #mcp: McpHub
  readonly #health = new Health()
  #client: Client
  #running: Running

  constructor(options: GatewayOptions) {
    const { plan, onFault, sharesPort } = options
    const { listen } = plan.settings
    this.#options = options
    this.#mcp = new McpHub(onFault, sharesPort)
    this.#client = clientFor(plan, onFault)
    this.#running = this.#run(plan)
    this.#server = serve({
      hostname: listen.hostname,
      port: options.port ?? listen.port,
      reusePort: sharesPort,
      limits: serverLimits(plan),
      events: {
        onRequest: (exchange) => {
          const flow = new Flow(new Call(this.#running, exchange))
          flow.begin()
          return flow
        },
        onFault: (fault, exchange) => new Flow(new Call(this.#running, asExchange(exchange))).beginFaulty(fault),
      },
      onError: onFault,
    })
  }

  get port(): number {
    return this.#server.port
  }

  get revision(): string {
    return this.#running.plan.revision
  }

  /** Requests that begin from now on are decided by this plan; those under way end as they began. */
  swap(plan: GatewayPlan): void {
    if (!Bun.deepEquals(clientLimits(this.#running.plan), clientLimits(plan))) {
      this.#client.close()
      this.#client = clientFor(plan, this.#options.onFault)
    }
    this.#running = this.#run(plan)
    this.#server.limit(serverLimits(plan))
  }

  /** Lets exchanges under way end, for at most so many milliseconds. */
  async stop(graceMs: number): Promise<void> {
    this.#mcp.endStreams()
    await this.#server.stop(graceMs)
    this.#mcp.close()
    this.#client.close()
  }

  #run(plan: GatewayPlan): Running {
    this.#mcp.configure(mcpPlanOf(plan))
    return new Running(plan, {
      ...this.#options,
      keys: keysOf(plan.keys, this.#options.keys),
      client: this.#client,
      mcp: this.#mcp,
      health: this.#health,
    })
  }
}

function mcpPlanOf({ destinations }: GatewayPlan): McpPlan | undefined {
  for (const it of destinations.values()) if (it.kind === "mcp") return it.plan
  return undefined
}

function clientFor(plan: GatewayPlan, onError: (fault: unknown) => void): Client {
  return createClient(clientLimits(plan), { onError })
}

function serverLimits({ settings: { timeouts, limits } }: GatewayPlan): ServerLimits {
  return {
    headBytes: limits.head,
    targetBytes: limits.target,
    fields: limits.fields,
    headTimeout: timeouts.head,
    bodyTimeout: timeouts.body,
    idleTimeout: timeouts.idle,
  }
}

function clientLimits({ settings: { timeouts, limits } }: GatewayPlan): ClientLimits {
  return {
    connectTimeout: timeouts.connect,
    answerTimeout: timeouts.answer,
    stallTimeout: timeouts.stall,
    idleTimeout: IDLE_TIMEOUT,
    idlePerOrigin: IDLE_PER_ORIGIN,
    headBytes: limits.head,
    fields: limits.fields,
  }
}
