import { accessGroupUnknown } from "../../causes/access/group-unknown.ts"
import { accessModelNotAllowed } from "../../causes/access/model-not-allowed.ts"
import { internalUnreadable } from "../../causes/internal/unreadable.ts"
import { quotaBudgetSpent } from "../../causes/quota/budget-spent.ts"
import { quotaModelRequestsSpent } from "../../causes/quota/model-requests-spent.ts"
import { quotaTokensSpent } from "../../causes/quota/tokens-spent.ts"
import { quotaUnreadable } from "../../causes/quota/unreadable.ts"
import { type Clause, check, following } from "../../decision/check.ts"
import type { DerivedFact, Fact } from "../../decision/fact.ts"
import { absent } from "../../decision/relations.ts"
import type { Source } from "../../decision/source.ts"
import type { Value } from "../../decision/value.ts"
import { type Budget, dollarsSpent } from "../../facts/budget-use.ts"
import { type IdentityFacts, identityFacts } from "../../facts/identity.ts"
import { callsPerMinute, tokensPerMinute } from "../../facts/minute-use.ts"
import { modelName } from "../../facts/model.ts"
import {
  type Holder,
  type Level,
  type LimitFacts,
  levelsOf,
  limitFacts,
  unknownGroup,
} from "../../facts/model-limits.ts"
import type { World } from "../../facts/world.ts"
import { PERIODS } from "../../ports/ledger.ts"
import { type Groups, type ModelLimits, NO_GROUPS } from "../../ports/model-limits.ts"
import { affords } from "./affords.ts"
import { covers } from "./covers.ts"
import { match } from "./match.ts"

export interface ModelLimitOptions {
  /** The facts of the key that model calls are asked for. */
  readonly identity: IdentityFacts
  readonly groups: Groups
  /** The model that a caller's name for one means, with its limits. */
  readonly model: (name: string) => Holder | undefined
  /** Limits of all models. */
  readonly ofModels: readonly ModelLimits[]
  /** Where it is written that there are models. */
  readonly source: Source
}

/**
 * What every model call meets: that its key, team and tenant may use the model, and that they and the model have requests,
 * tokens and money left. To be put behind the clauses that read the body and name the model.
 *
 * What is spent is the requirement, and what is allowed is what it is held against, as the limit is what a key holds: so a
 * refusal tells where it is written, and the edit there that mends it is decided again.
 */
export function modelLimitClauses(options: ModelLimitOptions): readonly Clause<World>[] {
  const { source } = options
  const held = holdersOf(options)
  const having = (limit: keyof ModelLimits): readonly Held[] => held.filter(({ has }) => has(limit))
  return [
    ...modelAccessClauses(options),
    ...having("requestsPerMinute").map(({ level, limits }) =>
      quota(quotaModelRequestsSpent, check(limits.requestsPerMinute, covers, used(callsPerMinute(level), source))),
    ),
    ...having("tokensPerMinute").map(({ level, limits: { tokensPerMinute: limit } }) =>
      quota(quotaTokensSpent, check(limit, covers, used(tokensPerMinute(level, limit), source))),
    ),
    ...budgetClauses(held, source),
  ]
}

/** That a key belongs where it says: what who lists models meets. */
export const modelMemberClauses = ({ identity, groups, source }: ModelLimitOptions): readonly Clause<World>[] => [
  {
    stage: "content",
    cause: accessGroupUnknown,
    anyOf: [check(unknownGroup(identity, groups), absent, following(null, source, "owner"))],
    whenUnknown: { deny: internalUnreadable },
  },
]

/** And that it, its team and its tenant may use the model: what who looks one up meets. */
export function modelAccessClauses(options: ModelLimitOptions): readonly Clause<World>[] {
  const { source } = options
  return [
    ...modelMemberClauses(options),
    ...holdersOf(options)
      .filter(({ has }) => has("models"))
      .map(({ limits }) => allowed(limits.models, source)),
  ]
}

function holdersOf({ identity, groups, model, ofModels }: ModelLimitOptions): readonly Held[] {
  const levels = levelsOf(identity, groups, model)
  return [
    // Keys are made at run time, with any limit.
    heldTo(levels.key, () => true),
    heldTo(levels.team, among(Array.from(groups.teams.values(), (it) => it.limits))),
    heldTo(levels.tenant, among([...groups.tenants.values()])),
    heldTo(levels.model, among(ofModels)),
  ]
}

/** A level with its limits as facts, and whether any of its kind has one. */
interface Held {
  readonly level: Level
  readonly limits: LimitFacts
  has(limit: keyof ModelLimits): boolean
}

const heldTo = (level: Level, has: Held["has"]): Held => ({ level, limits: limitFacts(level), has })

const among =
  (all: readonly ModelLimits[]): Held["has"] =>
  (limit) =>
    all.some((it) => it[limit] !== undefined)

const used = <T extends string | number>(fact: Fact<T, World>, source: Source) =>
  ({ kind: "fact", fact, source }) as const

const allowed = (patterns: LimitFacts["models"], source: Source): Clause<World> => ({
  stage: "content",
  cause: accessModelNotAllowed,
  anyOf: [check(patterns, match, { kind: "fact", fact: modelName, source })],
  whenUnknown: { deny: internalUnreadable },
})

const quota = (cause: Clause<World>["cause"], it: Clause<World>["anyOf"][0]): Clause<World> => ({
  stage: "content",
  cause,
  anyOf: [it],
  // What is not counted would make the limit a suggestion.
  whenUnknown: { deny: quotaUnreadable },
})

const MONEY = { day: "dollarsPerDay", month: "dollarsPerMonth" } as const

function budgetClauses(held: readonly Held[], source: Source): readonly Clause<World>[] {
  const budgets = held.flatMap(({ level, has, limits }) =>
    PERIODS.filter((period) => has(MONEY[period])).map(
      (period): Budget => ({ level, period, limit: limits.dollarsPer[period] }),
    ),
  )
  const spent = dollarsSpent(budgets)
  return budgets.flatMap(({ limit }, at) => {
    const needed = spent[at]
    return needed === undefined ? [] : [quota(quotaBudgetSpent, check(limit, affords, used(needed, source)))]
  })
}

/** The facts computed from others that these clauses may read, for plans that were stored. */
export function computedUse(): readonly DerivedFact<Value>[] {
  const levels = Object.values(levelsOf(identityFacts([]), NO_GROUPS, () => undefined))
  return levels.flatMap((level) => {
    const limits = limitFacts(level)
    const budgets = PERIODS.map((period): Budget => ({ level, period, limit: limits.dollarsPer[period] }))
    return [tokensPerMinute(level, limits.tokensPerMinute), ...dollarsSpent(budgets)]
  })
}
