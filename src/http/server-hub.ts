import { Clock, ticks } from "./clock.ts"
import type { ServerEvents, ServerLimits } from "./server.ts"

/** What a hub asks of a connection. */
export interface Member {
  /** `at`: the tick at which `onDeadline` is due. */
  readonly deadline: { readonly at: number }
  readonly isIdle: boolean
  onDeadline(): void
  close(lingers: boolean): void
  reset(): void
  fail(error: unknown): void
}

/** What the connections of one server share. */
export class Hub {
  limits: ServerLimits
  readonly events: ServerEvents
  readonly onError: (error: unknown) => void
  readonly connections = new Set<Member>()
  readonly clock: Clock
  headTicks = 0
  bodyTicks = 0
  idleTicks = 0
  /** For a client that does not read its answer: no limit is set for it, and this is the most it could mean to wait. */
  stallTicks = 0
  isStopping = false
  #onEmpty: (() => void) | undefined

  constructor(limits: ServerLimits, events: ServerEvents, onError: (error: unknown) => void) {
    this.limits = limits
    this.events = events
    this.onError = onError
    this.limit(limits)
    this.clock = new Clock((now) => {
      for (const connection of this.connections) if (connection.deadline.at <= now) this.#expire(connection)
    })
  }

  /** See `Server.limit`. */
  limit(limits: ServerLimits): void {
    this.limits = limits
    this.headTicks = ticks(limits.headTimeout)
    this.bodyTicks = ticks(limits.bodyTimeout)
    this.idleTicks = ticks(limits.idleTimeout)
    this.stallTicks = Math.max(this.bodyTicks, this.idleTicks)
  }

  forget(connection: Member): void {
    this.connections.delete(connection)
    if (this.connections.size === 0) this.#onEmpty?.()
  }

  /** See `Server.stop`. */
  async stop(graceMs: number): Promise<void> {
    this.isStopping = true
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onEmpty = resolve
    for (const connection of this.connections) if (connection.isIdle) connection.close(false)
    const timer = setTimeout(() => {
      for (const connection of this.connections) connection.reset()
    }, graceMs)
    if (this.connections.size > 0) await promise
    clearTimeout(timer)
    this.clock.stop()
  }

  #expire(connection: Member): void {
    try {
      connection.onDeadline()
    } catch (error) {
      connection.fail(error)
    }
  }
}
