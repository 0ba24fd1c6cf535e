import { Clock, ticks } from "./clock.ts"
import type { ServerEvents, ServerLimits } from "./server.ts"
import { Connection } from "./server-connection.ts"

/** What the connections of one server share. */
export class Hub {
  readonly limits: ServerLimits
  readonly events: ServerEvents
  readonly onError: (error: unknown) => void
  readonly connections = new Set<Connection>()
  readonly clock: Clock
  readonly headTicks: number
  readonly bodyTicks: number
  readonly idleTicks: number
  /** For a client that does not read its answer: no limit is set for it, and this is the most it could mean to wait. */
  readonly stallTicks: number
  isStopping = false
  #onEmpty: (() => void) | undefined

  constructor(limits: ServerLimits, events: ServerEvents, onError: (error: unknown) => void) {
    this.limits = limits
    this.events = events
    this.onError = onError
    this.headTicks = ticks(limits.headTimeout)
    this.bodyTicks = ticks(limits.bodyTimeout)
    this.idleTicks = ticks(limits.idleTimeout)
    this.stallTicks = Math.max(this.bodyTicks, this.idleTicks)
    this.clock = new Clock((now) => {
      for (const connection of this.connections) if (connection.deadline <= now) this.#expire(connection)
    })
  }

  admit(socket: Bun.Socket<Connection>): Connection {
    const connection = new Connection(socket, this)
    this.connections.add(connection)
    return connection
  }

  forget(connection: Connection): void {
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

  #expire(connection: Connection): void {
    try {
      connection.onDeadline()
    } catch (error) {
      connection.fail(error)
    }
  }
}
