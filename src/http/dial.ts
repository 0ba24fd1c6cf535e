import { isIP } from "node:net"
import type { Origin } from "./client.ts"
import { seen } from "./seen.ts"
import { turnLater } from "./turns.ts"
import type { UpstreamConnection } from "./upstream-connection.ts"

/** Passes an event on, and what a handler throws to where it belongs. */
function tell(connection: UpstreamConnection, event: () => void): void {
  try {
    event()
  } catch (error) {
    connection.fail(error)
  }
}

/** One for all sockets of all clients: a connection is found in its socket's `data`. */
const HANDLERS: Bun.SocketHandler<UpstreamConnection, "buffer"> = {
  binaryType: "buffer",
  // Not through `tell`: these two come with every request, and a closure for each would too.
  data(socket, bytes) {
    try {
      socket.data.onData(bytes)
    } catch (error) {
      socket.data.fail(error)
    }
  },
  drain(socket) {
    try {
      socket.data.onDrain()
    } catch (error) {
      socket.data.fail(error)
    }
  },
  open: (socket) => tell(socket.data, () => socket.data.onOpen(socket)),
  handshake: (socket, isTrusted, error) =>
    tell(socket.data, () => socket.data.onHandshake(isTrusted ? undefined : distrust(error))),
  connectError: (socket, error) => tell(socket.data, () => socket.data.onRefused(describe(error))),
  error: (socket) => socket.data.onBroken(),
  close: (socket, error) => tell(socket.data, () => socket.data.onClose(error === undefined || error === null)),
}

function distrust(error: Error | null): string {
  return error === null ? "the certificate is not trusted" : describe(error)
}

/** Codes such as ECONNREFUSED say more than their messages, which hold line ends. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given"
  return seen("code" in error && typeof error.code === "string" ? error.code : error.message)
}

/** Opens connections. */
export class Dialer {
  readonly #ca: string | undefined

  constructor(ca: string | undefined) {
    this.#ca = ca
  }

  /** The connection is told how it went by its `on…` methods, never before this returns. */
  dial(connection: UpstreamConnection): void {
    const { origin } = connection
    const options = { hostname: bare(origin.hostname), port: origin.port, socket: HANDLERS, data: connection }
    try {
      void Bun.connect<UpstreamConnection>(origin.tls ? { ...options, tls: this.#tls(origin) } : options)
    } catch (error) {
      // Bun throws for what can be no address. The caller has not got its exchange yet.
      turnLater({ turn: () => tell(connection, () => connection.onRefused(describe(error))) })
    }
  }

  #tls(origin: Origin): Bun.TLSOptions {
    const hostname = bare(origin.hostname)
    // An address is no server name (RFC 6066 §3), and Bun would send it as one. The certificate is checked against it all the same.
    const options: Bun.TLSOptions = { rejectUnauthorized: true, serverName: isIP(hostname) === 0 ? hostname : "" }
    if (this.#ca !== undefined) options.ca = this.#ca
    return options
  }
}

/** An IPv6 address without the brackets of its URL. */
function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname
}
