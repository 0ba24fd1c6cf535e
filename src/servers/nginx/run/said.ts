import type { Cause } from "../../../decision/cause.ts"
import type { Exchange } from "./exchange.ts"
import type { AnyCheck, Refused } from "./stop.ts"

/** What one module of the access phase says. */
export type Said =
  | { readonly kind: "declined" | "ok" }
  /** It refuses unless another lets in, where `satisfy any` asks for one only. */
  | {
      readonly kind: "refused"
      readonly status: 401 | 403
      readonly cause: Cause
      readonly name: string
      readonly owner: object
      readonly checks: readonly [AnyCheck, ...AnyCheck[]]
      readonly isLogged: boolean
    }
  /** It gives up, whatever the others say. */
  | { readonly kind: "failed"; readonly stop: Refused }

/** How a request within a request ended. */
export interface Asked {
  readonly status: number
  /** nginx closed the connection, which is that of both. */
  readonly isHungUp: boolean
}
export type Ask = (exchange: Exchange, path: string) => Asked
