import type { Client, ClientLimits } from "./client.ts"
import { Pool } from "./pool.ts"
import { UpstreamExchange } from "./upstream-exchange.ts"

export interface ConnectOptions {
  /** Told what a handler threw; its exchange is aborted. Must not throw. */
  readonly onError?: (error: unknown) => void
  /** Certificates (PEM) to trust in place of the system's, for upstreams with a private authority. */
  readonly ca?: string
}

/**
 * An HTTP/1.1 client (RFC 9112) that keeps connections alive. The certificate of an `https` origin is verified against
 * its hostname.
 */
export function createClient(limits: ClientLimits, options: ConnectOptions = {}): Client {
  const pool = new Pool(limits, options.ca, options.onError ?? console.error)
  return {
    send(request, handler) {
      const exchange = new UpstreamExchange(request, handler)
      pool.assign(exchange)
      return exchange
    },
    close() {
      pool.close()
    },
  }
}
