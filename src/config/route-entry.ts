import type { Source } from "../decision/source.ts"
import type { Method } from "../facts/methods.ts"
import type { Pattern } from "./pattern.ts"

/** A route as routing sees it. Order decides: of the routes that take a request, the first is it. */
export interface RouteEntry {
  /** `orders.routes[0]`. */
  readonly id: string
  readonly pattern: Pattern
  /** Lower case, without a port; undefined for any. */
  readonly host: string | undefined
  readonly methods: readonly Method[]
  readonly source: Source
}

/** The track of a request that found a route. */
export const trackOf = (routeId: string, method: string): string => `${routeId} ${method}`
