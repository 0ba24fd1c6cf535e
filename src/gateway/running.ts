import type { Destination, GatewayPlan } from "../config/gateway-plan.ts"
import { Frame } from "../decision/frame.ts"
import type { World } from "../facts/world.ts"
import type { Client } from "../http/client.ts"
import type { Health } from "../models/routing/health.ts"
import { within } from "../policies/ip-allow/within.ts"
import type { AnswerCache } from "../ports/answers.ts"
import type { KeyDirectory } from "../ports/keys.ts"
import type { Ledger } from "../ports/ledger.ts"
import type { Meter } from "../ports/meter.ts"
import type { RecordStore } from "../ports/records.ts"
import type { ManagementToken } from "../ports/tokens.ts"
import { Explained } from "./explained.ts"
import type { McpHub } from "./mcp/hub.ts"

/** Frames kept for reuse; more than this many requests at once make new ones. */
const POOLED = 256

/** What a gateway needs from outside to serve requests. */
export interface Outside {
  readonly keys: KeyDirectory
  readonly meter: Meter
  readonly ledger: Ledger
  readonly answers: AnswerCache
  readonly records: RecordStore
  readonly token: ManagementToken
  readonly client: Client
  readonly mcp: McpHub
  /** What was seen of models' providers, kept over reloads. */
  readonly health: Health
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** Faults of the gateway's own making; refusals are no faults. */
  readonly onFault: (fault: unknown) => void
}

/** One plan in force. A request keeps the one it began with, so that no decision mixes two. */
export class Running {
  readonly plan: GatewayPlan
  readonly outside: Outside
  /** Whether a peer's word on the caller's address is believed. */
  readonly trusts: (address: string) => boolean
  readonly explained = new Explained()
  readonly #frames: Frame<World>[] = []

  constructor(plan: GatewayPlan, outside: Outside) {
    this.plan = plan
    this.outside = outside
    const trusted = plan.settings["trusted-proxies"]
    this.trusts =
      trusted.length === 0 ? () => false : (within.prepare?.(trusted) ?? ((it) => within.holds(it, trusted)))
  }

  /** Where requests on a frame's track go; undefined for tracks that only refuse. */
  destinationOf(frame: Frame<World>): Destination | undefined {
    const track = frame.value(this.plan.plan.selector.slot)
    return typeof track === "string" ? this.plan.destinations.get(track) : undefined
  }

  take(world: World): Frame<World> {
    const pooled = this.#frames.pop()
    return pooled === undefined ? new Frame(this.plan.plan, world) : pooled.reset(world)
  }

  /** Only frames nobody holds any more: a denial holds its frame. */
  give(frame: Frame<World>): void {
    if (this.#frames.length < POOLED) this.#frames.push(frame)
  }
}
