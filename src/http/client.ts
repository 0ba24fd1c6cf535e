import type { UpstreamFault } from "./fault.ts"
import type { ResponseHead } from "./head.ts"

/** Where an upstream listens. Frozen and shared: the pool keys on identity of `id`. */
export interface Origin {
  /** `scheme://host:port`. */
  readonly id: string
  readonly hostname: string
  readonly port: number
  readonly tls: boolean
  /** Value of `Host` for requests sent to it when the caller's is not kept. */
  readonly authority: string
}

/** What a client tells about one request, in the order of an answer. */
export interface ClientHandler {
  /** An interim answer (1xx other than 101). */
  onInterim(head: ResponseHead): void
  onHead(head: ResponseHead): void
  /** Body bytes without their framing. Valid during the call only. */
  onData(bytes: Uint8Array): void
  onEnd(): void
  /** No more events follow. Before `onHead`: nothing of an answer came. After: it was cut. */
  onFault(fault: UpstreamFault): void
  /** More may be written. */
  onDrain(): void
}

/** One request on its way to an upstream. */
export interface ClientExchange {
  /** Body bytes; framed by the client as the head said. The buffer may be reused by its owner after the call. False: wait for `onDrain`. */
  write(bytes: Uint8Array): boolean
  endBody(): void
  pause(): void
  resume(): void
  /** Ends the exchange at once and closes its connection. No more events follow. */
  abort(): void
}

export interface ClientRequest {
  readonly origin: Origin
  readonly method: string
  /** Request line and fields, each ended by CRLF, without the final empty line, `Connection`, `Content-Length` and `Transfer-Encoding`: the client adds those. latin1. */
  readonly head: string
  readonly framing:
    | { readonly kind: "none" }
    | { readonly kind: "sized"; readonly length: number }
    | { readonly kind: "chunked" }
  /** True: may be sent again on a fresh connection when a kept one turns out to be closed before a byte of an answer came (RFC 9110 §9.2.2). Only honoured while no body byte was sent. */
  readonly replayable: boolean
}

export interface ClientLimits {
  readonly connectTimeout: number
  /** Milliseconds from the request's end (or last written byte) to the first byte of an answer. */
  readonly answerTimeout: number
  /** Milliseconds without a byte inside an answer while it is not paused. */
  readonly stallTimeout: number
  /** Milliseconds a kept connection may idle. */
  readonly idleTimeout: number
  /** Idle connections kept per origin. */
  readonly idlePerOrigin: number
  readonly headBytes: number
  readonly fields: number
}

export interface Client {
  send(request: ClientRequest, handler: ClientHandler): ClientExchange
  /** Closes idle connections; those in use end with their exchange. */
  close(): void
}
