import { priceAt } from "../catalogue/price.ts"
import type { ProviderFaultCode } from "../provider-fault.ts"
import { type Circumstances, unmet } from "./condition.ts"
import type { Health } from "./health.ts"
import type { ProviderKey, ServedModel, Target } from "./target.ts"

/** A target that was not asked, or was and failed. */
export interface PassedOver {
  readonly target: string
  readonly why: string
}

/** Where a call may go, in the order it is tried. */
export interface Choice {
  readonly order: readonly Target[]
  /** Targets that are not tried, and why. */
  readonly passedOver: readonly PassedOver[]
}

/** What a choice is made by. */
export interface Chance extends Circumstances {
  readonly now: number
  /** From 0 to below 1, the same for the same call. */
  readonly chance: number
}

/** Puts the targets of a model in the order they are tried for one call. Those that rest come last rather than never: all may rest. */
export function choose({ targets, balance }: ServedModel, health: Health, by: Chance): Choice {
  const passedOver: PassedOver[] = []
  const able: Target[] = []
  const resting: Target[] = []
  for (const target of targets) {
    const why = unmet(target.when, by) ?? tooLong(target, by)
    if (why !== undefined) passedOver.push({ target: target.id, why })
    else if (restOf(target, health, by.now) > 0) resting.push(target)
    else able.push(target)
  }
  const order = balanced(able, balance, health, by)
  if (order.length === 0) return { order: soonest(resting, health, by.now), passedOver }
  for (const target of resting) passedOver.push({ target: target.id, why: whyResting(target, health, by.now) })
  return { order, passedOver }
}

function tooLong({ info }: Target, { inputTokens }: Circumstances): string | undefined {
  const context = info?.context
  return context !== undefined && inputTokens > context
    ? `has a context of ${context} tokens, and the request has about ${inputTokens}`
    : undefined
}

/** A target rests when it does itself, or when all keys of its pool do. Milliseconds. */
function restOf({ id, keys }: Target, health: Health, now: number): number {
  const own = health.rests(id, now)
  if (own > 0 || keys.length === 0) return own
  return Math.min(...keys.map((key) => health.rests(key.id, now)))
}

function whyResting(target: Target, health: Health, now: number): string {
  const why: ProviderFaultCode | undefined =
    health.why(target.id) ?? target.keys.map(({ id }) => health.why(id)).find((it) => it !== undefined)
  return `rests for another ${Math.ceil(restOf(target, health, now) / 1000)} s after ${why ?? "a failure"}`
}

const soonest = (resting: readonly Target[], health: Health, now: number): readonly Target[] =>
  resting.toSorted((a, b) => restOf(a, health, now) - restOf(b, health, now))

function balanced(
  able: readonly Target[],
  balance: ServedModel["balance"],
  health: Health,
  { chance, now }: Chance,
): readonly Target[] {
  switch (balance) {
    case "in-order":
      return able
    case "weighted":
      return weighted(able, chance)
    case "least-latency":
      // One that was never measured is tried, or it never would be.
      return able.toSorted((a, b) => (health.latency(a.id) ?? 0) - (health.latency(b.id) ?? 0))
    case "cheapest":
      return able.toSorted((a, b) => priceOf(a, now) - priceOf(b, now))
  }
}

/** The first by weight and chance, the others after it in the order written. */
function weighted(able: readonly Target[], chance: number): readonly Target[] {
  const total = able.reduce((sum, { weight }) => sum + weight, 0)
  let left = chance * total
  const first = able.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  return first === undefined ? able : [first, ...able.filter((it) => it !== first)]
}

/** Of a call with three times as much in as out. What has no price is dearest: nobody knows what it costs. */
function priceOf({ info }: Target, now: number): number {
  const price = info === undefined ? undefined : priceAt(info.prices, now)
  return price === undefined ? Number.POSITIVE_INFINITY : price.input * 3 + price.output
}

/** The key of the pool whose turn it is, past those that rest; where all do, the one that rests least. */
export function keyFor({ keys }: Target, health: Health, turn: number, now: number): ProviderKey | undefined {
  let best: ProviderKey | undefined
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < keys.length; i++) {
    const key = keys[(turn + i) % keys.length]
    if (key === undefined) continue
    const rest = health.rests(key.id, now)
    if (rest === 0) return key
    if (rest < least) {
      best = key
      least = rest
    }
  }
  return best
}
