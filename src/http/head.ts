import type { Fields } from "./fields.ts"

/** How the end of a message body is found (RFC 9112 §6.3). `length` is in bytes. */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "sized"; readonly length: number }
  | { readonly kind: "chunked" }
  /** Responses only: the body ends when the connection does, so an early end cannot be told from a whole one. */
  | { readonly kind: "until-close" }

/** A request head that passed every check of RFC 9112 and RFC 9110 this gateway makes. */
export interface RequestHead {
  readonly method: string
  /** As it came: still percent-encoded, without the query, always beginning with `/`, or `*` for `OPTIONS *`. */
  readonly path: string
  /** As it came, with its leading `?`; empty when there is none. */
  readonly query: string
  /** Minor version: 0 for HTTP/1.0, 1 for HTTP/1.1. */
  readonly minor: 0 | 1
  /** Lower case, with its port if one was given; from an absolute target if there was one, else from `Host`. Empty only in HTTP/1.0. */
  readonly host: string
  readonly fields: Fields
  readonly framing: Exclude<Framing, { readonly kind: "until-close" }>
  /** Whether the sender lets the connection be used again. */
  readonly keepAlive: boolean
  /** `Expect: 100-continue` was sent: the body follows only after an interim answer. */
  readonly expectsContinue: boolean
}

export interface ResponseHead {
  /** 100 to 599. */
  readonly status: number
  readonly reason: string
  readonly minor: 0 | 1
  readonly fields: Fields
  readonly framing: Framing
  readonly keepAlive: boolean
}
