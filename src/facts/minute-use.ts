import { type DerivedFact, derivedFact, type Near, type ReservedFact, reservedFact } from "../decision/fact.ts"
import type { Source } from "../decision/source.ts"
import { UNKNOWN, type Unknown, type Value } from "../decision/value.ts"
import type { Level, LimitFacts } from "./model-limits.ts"
import { beginUse, MINUTE, modelTokens, useOf } from "./model-use.ts"
import type { World } from "./world.ts"

interface Counted {
  readonly partition: string
  readonly limit: number
}

/** Model calls of a level's minute, with this one; 0 where it has no limit. Waiting is the caller's own change. */
export function callsPerMinute(level: Level): ReservedFact<number, World> {
  const counted = (world: World): Counted | Unknown | undefined => {
    const limits = level.limits(world)
    if (limits === UNKNOWN) return UNKNOWN
    const limit = limits?.requestsPerMinute?.value
    return limit === undefined ? undefined : { partition: `model-requests ${level.name} ${level.holder(world)}`, limit }
  }
  return reservedFact({
    name: `quota.model-requests-per-minute-by-${level.name}`,
    since: "content",
    party: "caller",
    shownTo: "owner",
    reserve: (world: World) => {
      const it = counted(world)
      if (it === UNKNOWN) return UNKNOWN
      if (it === undefined) return 0
      const reading = world.meter.take(it.partition, it.limit, MINUTE, world.now)
      if (reading === undefined) return UNKNOWN
      world.metered(it.limit, MINUTE, reading)
      return reading.used
    },
    release: (world: World, used: number) => {
      const it = counted(world)
      if (it !== UNKNOWN && it !== undefined && used <= it.limit) world.meter.release(it.partition, MINUTE, world.now)
    },
    peek: (world: World) => {
      const it = counted(world)
      if (it === UNKNOWN) return UNKNOWN
      return it === undefined ? 0 : world.meter.peek(it.partition, MINUTE, world.now).used
    },
  })
}

/** Tokens of a level's minute, with those this call takes: a call that takes fewer may still pass. */
export const tokensPerMinute = (level: Level, limit: LimitFacts["tokensPerMinute"]): DerivedFact<number> =>
  derivedFact({
    name: `quota.tokens-per-minute-by-${level.name}`,
    since: "content",
    party: "caller",
    shownTo: "owner",
    from: [tokensTaken(level), modelTokens, limit],
    derive: (taken, asked) => count(taken) + count(asked),
    near: (taken, asked, most) => (most === null ? [] : nearTokens(count(taken), count(asked), count(most))),
  })

const CALL: Source = { file: "built in", path: "models" }

function nearTokens(taken: number, asked: number, most: number): readonly Near[] {
  const smaller: Near = {
    name: "a call that takes fewer tokens",
    said: `${asked} tokens may be taken, and ${most - taken} are left`,
    source: CALL,
    changes: [{ at: 1, to: most - taken }],
  }
  const later: Near = {
    name: "the same call in another minute",
    said: `${taken} tokens are taken`,
    source: CALL,
    changes: [{ at: 0, to: 0 }],
  }
  return [...(taken < most ? [smaller] : []), ...(taken > 0 && asked <= most ? [later] : [])]
}

/** Tokens of calls before this one in a level's minute; 0 where it has no limit. */
function tokensTaken(level: Level): ReservedFact<number, World> {
  const counted = (world: World): (Counted & { readonly units: number }) | Unknown | undefined => {
    const limits = level.limits(world)
    const estimate = world.modelCall?.estimate
    if (limits === UNKNOWN || estimate === undefined) return UNKNOWN
    const limit = limits?.tokensPerMinute?.value
    if (limit === undefined) return undefined
    const units = estimate.inputTokens + estimate.outputTokens
    return { partition: `model-tokens ${level.name} ${level.holder(world)}`, limit, units }
  }
  return reservedFact({
    name: `quota.tokens-taken-by-${level.name}`,
    since: "content",
    party: "caller",
    shownTo: "owner",
    reserve: (world: World) => {
      const it = counted(world)
      if (it === UNKNOWN) return UNKNOWN
      if (it === undefined) return 0
      const reading = world.meter.take(it.partition, it.limit, MINUTE, world.now, it.units)
      if (reading === undefined) return UNKNOWN
      world.metered(it.limit, MINUTE, reading, "tokens")
      if (reading.used <= it.limit) beginUse(world).tokens.push(it)
      return reading.used - it.units
    },
    release: (world: World) => {
      const tokens = useOf(world)?.tokens ?? []
      const at = tokens.findIndex(({ partition }) => partition.startsWith(`model-tokens ${level.name} `))
      for (const { partition, units } of at < 0 ? [] : tokens.splice(at, 1))
        world.meter.release(partition, MINUTE, world.now, units)
    },
    peek: (world: World) => {
      const it = counted(world)
      if (it === UNKNOWN) return UNKNOWN
      return it === undefined ? 0 : world.meter.peek(it.partition, MINUTE, world.now, 0).used
    },
  })
}

function count(value: Value): number {
  if (typeof value !== "number") throw new TypeError("a count is no number")
  return value
}
