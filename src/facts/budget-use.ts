import { type DerivedFact, derivedFact, type Near, type ReservedFact, reservedFact } from "../decision/fact.ts"
import type { Source } from "../decision/source.ts"
import { UNKNOWN, type Unknown, type Value } from "../decision/value.ts"
import { accountOf, type Booking, type Line, type Period } from "../ports/ledger.ts"
import type { ModelLimits } from "../ports/model-limits.ts"
import { dollars, type NanoUsd, nanoUsd, usd } from "../ports/money.ts"
import type { Level, LimitFacts } from "./model-limits.ts"
import { type BookedCall, beginUse, modelDollars, useOf } from "./model-use.ts"
import type { World } from "./world.ts"

/** A level's budget for a period. `limit`: the fact that tells how much it is. */
export interface Budget {
  readonly level: Level
  readonly period: Period
  readonly limit: LimitFacts["dollarsPer"][Period]
}

/** What is spent of each budget, with what this call may cost: a call that costs less may still pass. In dollars. */
export const dollarsSpent = (budgets: readonly Budget[]): readonly DerivedFact<string>[] =>
  budgets.map((budget) =>
    derivedFact({
      name: `quota.dollars-per-${budget.period}-by-${budget.level.name}`,
      since: "content",
      party: "caller",
      shownTo: "owner",
      from: [dollarsTaken(budget, budgets), modelDollars, budget.limit],
      derive: (taken, asked) => dollars(nanoUsd(amount(taken) + amount(asked))),
      near: (taken, asked, most) =>
        most === null ? [] : nearDollars(budget.period, amount(taken), amount(asked), amount(most)),
    }),
  )

const CALL: Source = { file: "built in", path: "models" }

function nearDollars(period: Period, taken: NanoUsd, asked: NanoUsd, most: NanoUsd): readonly Near[] {
  const left = nanoUsd(Math.max(0, most - taken))
  const smaller: Near = {
    name: "a call that costs less",
    said: `it may cost $${dollars(asked)}, and $${dollars(left)} is left`,
    source: CALL,
    changes: [{ at: 1, to: dollars(left) }],
  }
  const later: Near = {
    name: `the same call in another ${period}`,
    said: `$${dollars(taken)} is spent`,
    source: CALL,
    changes: [{ at: 0, to: "0" }],
  }
  return [...(left > 0 ? [smaller] : []), ...(taken > 0 && asked <= most ? [later] : [])]
}

/**
 * What calls before this one have spent and reserved of a budget, in dollars; "0" where it has no limit. The first that is read
 * reserves the call on all of the budgets, in one transaction, and the others tell what that found: so a call is on every
 * account or on none.
 */
function dollarsTaken({ level, period, limit }: Budget, all: readonly Budget[]): ReservedFact<string, World> {
  const name = takenName(level, period)
  return reservedFact({
    name,
    since: "content",
    party: "caller",
    shownTo: "owner",
    reserve: (world: World) => {
      const use = beginUse(world)
      use.booking ??= booked(all, world, (lines, cost) => world.ledger.reserve(world.decision, lines, cost, world.now))
      return taken(use.booking, name)
    },
    release: (world: World) => {
      const use = useOf(world)
      const held = use?.booking?.booking.held
      if (use !== undefined) use.booking = undefined
      if (held === true) world.ledger.release(world.decision)
    },
    peek: (world: World) =>
      taken(
        booked([{ level, period, limit }], world, (lines, cost) => world.ledger.peek(lines, cost)),
        name,
      ),
  })
}

const takenName = (level: Level, period: Period): string => `quota.dollars-taken-per-${period}-by-${level.name}`

/** A call that no budget is asked for. */
const UNLIMITED: BookedCall = {
  booking: { held: false, standings: [] },
  estimate: nanoUsd(0),
  lines: new Map(),
}

function booked(
  budgets: readonly Budget[],
  world: World,
  book: (lines: readonly Line[], cost: NanoUsd) => Booking,
): BookedCall | undefined {
  const estimate = world.modelCall?.estimate.cost
  if (estimate === undefined) return undefined
  const lines: Line[] = []
  let at: Map<string, number> | undefined
  for (const { level, period } of budgets) {
    const limits = level.limits(world)
    if (limits === UNKNOWN) return undefined
    const limit = limits === undefined ? undefined : limitOf(limits, period)
    if (limit === undefined) continue
    at ??= new Map()
    at.set(takenName(level, period), lines.length)
    lines.push({ account: accountOf(`${level.name} ${level.holder(world)}`, period, world.now), limit })
  }
  return at === undefined ? UNLIMITED : { booking: book(lines, estimate), estimate, lines: at }
}

const limitOf = ({ dollarsPerDay, dollarsPerMonth }: ModelLimits, period: Period): NanoUsd | undefined =>
  (period === "day" ? dollarsPerDay : dollarsPerMonth)?.value

function taken(call: BookedCall | undefined, name: string): string | Unknown {
  if (call === undefined) return UNKNOWN
  const at = call.lines.get(name)
  const standing = at === undefined ? undefined : call.booking.standings[at]
  return standing === undefined ? "0" : dollars(nanoUsd(standing.spent + standing.reserved - call.estimate))
}

function amount(value: Value): NanoUsd {
  if (typeof value !== "string") throw new TypeError("an amount is no text")
  return usd(value)
}
