import type { ClientLimits } from "./client.ts"
import { Clock } from "./clock.ts"
import { Dialer } from "./dial.ts"
import { type Home, UpstreamConnection } from "./upstream-connection.ts"
import type { UpstreamExchange } from "./upstream-exchange.ts"
import { UpstreamTiming } from "./upstream-timing.ts"

/** The connections of one client. */
export class Pool implements Home {
  readonly limits: ClientLimits
  readonly onError: (error: unknown) => void
  readonly timing: UpstreamTiming
  readonly #dialer: Dialer
  readonly #connections = new Set<UpstreamConnection>()
  /** By `Origin.id`. The last one used is taken first, so that those not needed any more grow old and end. */
  readonly #idle = new Map<string, UpstreamConnection[]>()
  /** Undefined while there is no connection to watch. */
  #clock: Clock | undefined
  #isClosed = false

  constructor(limits: ClientLimits, ca: string | undefined, onError: (error: unknown) => void) {
    this.limits = limits
    this.onError = onError
    this.timing = new UpstreamTiming(limits)
    this.#dialer = new Dialer(ca)
    this.#clock = undefined
  }

  get now(): number {
    return this.#clock?.now ?? 0
  }

  get keepsNone(): boolean {
    return this.limits.idlePerOrigin <= 0 || this.#isClosed
  }

  /** Sends the exchange on a kept connection if there is one, else on a fresh one. */
  assign(exchange: UpstreamExchange): void {
    const kept = this.#idle.get(exchange.request.origin.id)?.pop()
    if (kept === undefined) this.dial(exchange)
    else kept.start(exchange)
  }

  dial(exchange: UpstreamExchange): void {
    this.#clock ??= new Clock((now) => this.#sweep(now))
    const connection = new UpstreamConnection(this, exchange.request.origin)
    this.#connections.add(connection)
    connection.start(exchange)
    this.#dialer.dial(connection)
  }

  release(connection: UpstreamConnection): void {
    const { id } = connection.origin
    let idle = this.#idle.get(id)
    if (idle === undefined) {
      idle = []
      this.#idle.set(id, idle)
    }
    if (this.keepsNone || idle.length >= this.limits.idlePerOrigin) connection.close()
    else idle.push(connection)
  }

  forget(connection: UpstreamConnection): void {
    if (!this.#connections.delete(connection)) return
    const { id } = connection.origin
    const idle = this.#idle.get(id)
    const at = idle?.indexOf(connection) ?? -1
    if (at >= 0) idle?.splice(at, 1)
    if (idle?.length === 0) this.#idle.delete(id)
    if (this.#connections.size > 0) return
    this.#clock?.stop()
    this.#clock = undefined
  }

  close(): void {
    this.#isClosed = true
    for (const idle of [...this.#idle.values()]) for (const connection of [...idle]) connection.close()
  }

  #sweep(now: number): void {
    for (const connection of this.#connections) {
      if (connection.deadline > now) continue
      try {
        connection.onDeadline()
      } catch (error) {
        connection.fail(error)
      }
    }
  }
}
