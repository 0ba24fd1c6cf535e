import type { Near } from "../decision/fact.ts"
import { type DerivedFact, derivedFact } from "../decision/fact.ts"
import type { Value } from "../decision/value.ts"
import { host, method, path, wireFault } from "./request.ts"

/** What a request asks for: the track of its route and method, or why there is none. */
export interface RouteMatch {
  /** `orders.routes[0] POST`, or one of the two tracks below. */
  readonly track: string
  /** The pattern that matches host and path; null when none does. */
  readonly pattern: string | null
  /** Methods allowed where the pattern matches. */
  readonly methods: readonly string[]
}

/** Requests that are no requests; they meet only what refuses them. */
export const WIRE_TRACK = "wire"
/** Requests no route is for. */
export const UNROUTED_TRACK = "unrouted"

/** Finds routes. Pure: the same request always finds the same route. */
export interface Routes {
  match(method: string, host: string, path: string): RouteMatch
  /** Other requests that would find a route, closest first. Positions as in `from` below: 1 method, 2 host, 3 path. */
  near(method: string, host: string, path: string): readonly Near[]
}

export interface RouteFacts {
  /** Chooses the track. */
  readonly track: DerivedFact<string>
  readonly pattern: DerivedFact<string | null>
  readonly methods: DerivedFact<readonly string[]>
}

const FROM = [wireFault, method, host, path]

/** Facts about routing, computed from the request alone, so that a change of path or method is followed to its end. */
export function routeFacts(routes: Routes): RouteFacts {
  const near = (_: Value, m: Value, h: Value, p: Value): readonly Near[] => routes.near(String(m), String(h), String(p))
  const common = { since: "route", party: "nobody", from: FROM } as const
  return {
    track: derivedFact({
      ...common,
      name: "route.track",
      since: "wire",
      shownTo: "operator",
      derive: (fault: Value, m: Value, h: Value, p: Value): string =>
        fault === "none" ? routes.match(String(m), String(h), String(p)).track : WIRE_TRACK,
    }),
    pattern: derivedFact({
      ...common,
      name: "route.pattern",
      shownTo: "owner",
      derive: (_: Value, m: Value, h: Value, p: Value): string | null =>
        routes.match(String(m), String(h), String(p)).pattern,
      near,
    }),
    methods: derivedFact({
      ...common,
      name: "route.methods",
      shownTo: "anonymous",
      derive: (_: Value, m: Value, h: Value, p: Value): readonly string[] =>
        routes.match(String(m), String(h), String(p)).methods,
    }),
  }
}
