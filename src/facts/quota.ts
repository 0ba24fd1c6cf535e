import { type ReservedFact, reservedFact } from "../decision/fact.ts"
import { UNKNOWN, type Unknown } from "../decision/value.ts"
import type { World } from "./world.ts"

/** A limit's parts: whom it counts apart, how many, and for how long. */
export interface RequestLimit {
  /** Names the limit among all; counters of different limits never mix. */
  readonly id: string
  readonly requests: number
  readonly windowMs: number
  /** Distinct among the limits a request meets; stored in records. */
  readonly name: string
  /** Whether the count is that of all callers together, which is not for each of them to see. */
  readonly pooled: boolean
  /** Whom to count this request for; undefined when that is not known. */
  partition(world: World): string | undefined
}

/** Requests taken in the window, with this one. Waiting for the window to turn is the caller's own change. */
export function requestsUsed(limit: RequestLimit): ReservedFact<number, World> {
  const { id, name, requests, windowMs, pooled } = limit
  const partition = (world: World): string | undefined => {
    const of = limit.partition(world)
    return of === undefined ? undefined : `${id} ${of}`
  }
  const reserve = (world: World): number | Unknown => {
    const of = partition(world)
    if (of === undefined) return UNKNOWN
    const reading = world.meter.take(of, requests, windowMs, world.now)
    if (reading === undefined) return UNKNOWN
    world.metered(requests, windowMs, reading)
    return reading.used
  }
  return reservedFact({
    name: `quota.${name}`,
    since: "quota",
    party: "caller",
    shownTo: pooled ? "owner" : "anonymous",
    reserve,
    release: (world: World, used: number) => {
      const of = partition(world)
      if (of !== undefined && used <= requests) world.meter.release(of, windowMs, world.now)
    },
    peek: (world: World) => {
      const of = partition(world)
      return of === undefined ? UNKNOWN : world.meter.peek(of, windowMs, world.now).used
    },
  })
}
