import type { ServerEvents, ServerLimits } from "./server.ts"
import { Connection } from "./server-connection.ts"
import { Hub } from "./server-hub.ts"

export interface ServeOptions {
  readonly hostname: string
  /** 0 for any free one. */
  readonly port: number
  /** Lets other processes listen on the same port; the kernel shares the connections out. */
  readonly reusePort?: boolean
  readonly limits: ServerLimits
  readonly events: ServerEvents
  /** Told what a handler threw; its connection is reset. Must not throw. */
  readonly onError: (error: unknown) => void
}

export interface Server {
  readonly port: number
  /** Open connections. */
  readonly connections: number
  /** Other limits from now on, for connections that are open too. */
  limit(limits: ServerLimits): void
  /**
   * Listens no more, closes idle connections, says `Connection: close` in the answers to come, and resets what is left
   * after `graceMs`. Resolves when no connection is left.
   */
  stop(graceMs: number): Promise<void>
}

/** The same for all sockets: a connection is found in its socket's `data`. */
export const HANDLERS: Bun.SocketHandler<Connection> = {
  data: (socket, bytes) => socket.data.onData(bytes),
  drain: (socket) => socket.data.onDrain(),
  end: (socket) => socket.data.onEnd(),
  close: (socket) => socket.data.onClose(),
  error: (socket, error) => socket.data.fail(error),
}

export function accept(socket: Bun.Socket<Connection>, hub: Hub): Connection {
  const connection = new Connection(socket, hub)
  hub.connections.add(connection)
  return connection
}

/** An HTTP/1.1 server (RFC 9112). Throws when it cannot listen. */
export function serve(options: ServeOptions): Server {
  const hub = new Hub(options.limits, options.events, options.onError)
  const listening = {
    hostname: options.hostname,
    port: options.port,
    // Bun knows it; its types do not.
    reusePort: options.reusePort === true,
    allowHalfOpen: true,
    socket: {
      ...HANDLERS,
      open: (socket: Bun.Socket<Connection>) => {
        socket.data = accept(socket, hub)
      },
    },
  }
  const listener = Bun.listen<Connection>(listening)
  let stopped: Promise<void> | undefined
  return {
    port: listener.port,
    get connections() {
      return hub.connections.size
    },
    limit(limits) {
      hub.limit(limits)
    },
    stop(graceMs) {
      if (stopped === undefined) listener.stop()
      stopped ??= hub.stop(graceMs)
      return stopped
    },
  }
}
