import type { RequestFault } from "./fault.ts"
import type { RequestHead } from "./head.ts"

/** One request and the means to answer it. Every answer ends in exactly one `end` or `cut`. */
export interface ServerExchange {
  readonly head: RequestHead
  /** The peer's address, IPv4-mapped IPv6 written as IPv4. */
  readonly remoteAddress: string
  /** Asks for the body: chunks go to the handler from now on. Sends `100 Continue` first where the client waits for it. Without it, the body is never read. */
  readBody(): void
  /** Stops and restarts reading the body; the kernel's window does the rest. */
  pauseBody(): void
  resumeBody(): void
  /**
   * Begins the answer. `head` is the status line and the fields, each ended by CRLF, without the final empty line and without
   * `Connection`, `Content-Length` or `Transfer-Encoding`: the server adds those. It sends chunked only to HTTP/1.1 and else ends with the connection.
   */
  begin(
    status: number,
    head: string,
    framing:
      | { readonly kind: "none" }
      | { readonly kind: "sized"; readonly length: number }
      | { readonly kind: "chunked" },
  ): void
  /** An interim answer (1xx other than 100 and 101). */
  interim(head: string): void
  /** Body bytes. The buffer may be reused by its owner after the call. False: wait for `onDrain` before writing more. */
  write(bytes: Uint8Array): boolean
  /** The whole answer is given. */
  end(): void
  /** The answer cannot be completed: the connection is reset, so that the client never takes it for whole. */
  cut(): void
  /** begin + write + end of a whole small answer in one write. `body` is encoded as UTF-8. */
  reply(status: number, head: string, body: string): void
}

/** What a server tells about one exchange, in the order of a request. */
export interface ServerHandler {
  onBody(bytes: Uint8Array): void
  onBodyEnd(): void
  /** A fault inside the body, after `onRequest`. An answer may still be given if none began; the connection then closes. */
  onBodyFault(fault: RequestFault): void
  onDrain(): void
  /** The client went away. Nothing can be written any more. */
  onAbort(): void
}

export interface ServerEvents {
  /** A request head arrived. Called once per request, in order; the next only after the answer ended. */
  onRequest(exchange: ServerExchange): ServerHandler
  /** A head that cannot be read. `reply` or `cut` must be called; the connection then closes. `method` and `path` are what could be made out. */
  onFault(fault: RequestFault, exchange: FaultExchange): void
}
/** A head that could not be read has no `RequestHead`, but can be answered. */
export interface FaultExchange {
  readonly remoteAddress: string
  readonly method: string | undefined
  readonly path: string | undefined
  reply(status: number, head: string, body: string): void
  cut(): void
}

export interface ServerLimits {
  /** Bytes of request line and fields together. */
  readonly headBytes: number
  readonly targetBytes: number
  readonly fields: number
  /** Milliseconds from the first byte of a head to its end. */
  readonly headTimeout: number
  /** Milliseconds without a byte while a body is being read. */
  readonly bodyTimeout: number
  /** Milliseconds an idle kept-alive connection is held. */
  readonly idleTimeout: number
}
