import type { Pattern } from "../../config/pattern.ts"
import type { RouteEntry } from "../../config/route-entry.ts"
import { trackOf } from "../../config/route-entry.ts"
import type { StoredPlan } from "../../config/stored-plan.ts"
import type { Denial } from "../../decision/decide.ts"
import type { Track } from "../../decision/plan.ts"
import { type Simulation, simulate } from "../../decision/simulate.ts"
import type { Value } from "../../decision/value.ts"
import type { KnownKey } from "../neighbourhood.ts"
import { samplePath } from "../sample-path.ts"

/** Requests that meet the same clauses: one route and method for all that share them. */
export interface Asked {
  readonly track: Track<never>
  readonly routes: readonly RouteEntry[]
  /** A request that is decided on this track. */
  readonly request: ReadonlyMap<string, Value>
}

/** Decisions made by one audit; more keys and routes than these are left out, and that is said. */
const MOST_DECISIONS = 200_000

/** Decides which keys open what, on the plan itself, each combination once. */
export class Openings {
  readonly asked: readonly Asked[]
  readonly #plan: StoredPlan["plan"]
  readonly #known = new Map<string, readonly boolean[]>()
  #left = MOST_DECISIONS

  constructor({ plan, routes }: StoredPlan) {
    this.#plan = plan
    this.asked = tracksOf(plan, routes)
  }

  /** Not everything was decided. */
  get isStopped(): boolean {
    return this.#left <= 0
  }

  /** By the place in `asked`: whether a request with a key of these scopes may pass, as far as the key decides. */
  by(key: Pick<KnownKey, "scopes" | "status">): readonly boolean[] {
    const name = `${key.status} ${key.scopes.toSorted().join(" ")}`
    const known = this.#known.get(name) ?? this.asked.map((it) => this.#simulate(it, key).kind !== "deny")
    this.#known.set(name, known)
    return known
  }

  /** Whether it is a key that is asked for: without one it is refused. */
  needsKey(asked: Asked): boolean {
    return this.#simulate(asked, undefined).kind === "deny"
  }

  /** What refuses a valid key without any scope. */
  blockers(asked: Asked): readonly Denial<never>[] {
    const simulation = this.#simulate(asked, { scopes: [], status: "active" })
    return simulation.kind === "deny" ? simulation.blockers : []
  }

  #simulate({ request }: Asked, key: Pick<KnownKey, "scopes" | "status"> | undefined): Simulation<never> {
    if (this.#left-- <= 0) return simulate(this.#plan, new Map())
    const facts: readonly (readonly [string, Value])[] =
      key === undefined
        ? [["key.place", null]]
        : [
            ["key.place", "X-API-Key"],
            ["key.status", key.status],
            ["key.scopes", key.scopes],
          ]
    return simulate(this.#plan, new Map([...request, ...facts]))
  }
}

function tracksOf(plan: StoredPlan["plan"], routes: readonly RouteEntry[]): readonly Asked[] {
  const found = new Map<Track<never>, { readonly request: ReadonlyMap<string, Value>; readonly routes: RouteEntry[] }>()
  for (const route of routes)
    for (const method of route.methods) {
      const track = plan.tracks.get(trackOf(route.id, method))
      const known = track === undefined ? undefined : found.get(track)
      if (known !== undefined && !known.routes.includes(route)) known.routes.push(route)
      const request = track === undefined || known !== undefined ? undefined : requestOn(plan, track, route, method)
      if (track !== undefined && request !== undefined) found.set(track, { request, routes: [route] })
    }
  return Array.from(found, ([track, it]) => ({ track, ...it }))
}

/** Segments for parameters; an earlier route may take some of them for itself. */
const FILLERS = ["1", "any", "zz-9q", "00000000-0000-4000-8000-000000000000"]

function requestOn(plan: StoredPlan["plan"], track: Track<never>, route: RouteEntry, method: string) {
  for (const filler of FILLERS) {
    const request = requestFor(route.pattern, filler, route.host, method)
    if (simulate(plan, request).frame.track === track) return request
  }
  return undefined
}

const requestFor = (pattern: Pattern, filler: string, host: string | undefined, method: string) =>
  new Map<string, Value>([
    ["wire.fault", "none"],
    ["wire.seen", ""],
    ["request.method", method],
    ["request.host", host ?? ""],
    ["request.path", samplePath(pattern, filler)],
  ])
