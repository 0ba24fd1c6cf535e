/** A request as a server sees it. */
export interface ServerRequest {
  readonly method: string
  /** As sent: path with query, still encoded. */
  readonly target: string
  /** From the Host field or the target, without port; empty for none. */
  readonly host: string
  readonly scheme: "http" | "https"
  /** The port of the listener that took it. */
  readonly port: number
  readonly protocol: "HTTP/1.0" | "HTTP/1.1" | "HTTP/2.0"
  /** Name and value as sent, Host included, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Address of the peer of the connection, not what a header claims. */
  readonly client: string
  readonly clientPort?: number
  /** Address of the listener. */
  readonly server?: string
  readonly body?: Uint8Array
}
