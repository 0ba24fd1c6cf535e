import { type ReadFact, readFact } from "../decision/fact.ts"
import type { Source } from "../decision/source.ts"
import { UNKNOWN, type Unknown, type Value } from "../decision/value.ts"
import type { Key } from "../ports/keys.ts"
import type { Period } from "../ports/ledger.ts"
import { type Groups, type Membership, type ModelLimits, type Placed, tenantOf } from "../ports/model-limits.ts"
import { dollars, type NanoUsd } from "../ports/money.ts"
import type { IdentityFacts } from "./identity.ts"
import type { World } from "./world.ts"

/** Who has limits on models, from the narrowest to the widest. */
export const LEVELS = ["key", "team", "tenant", "model"] as const
export type LevelName = (typeof LEVELS)[number]

/** One key, team, tenant or model that a call is counted for. */
export interface Holder {
  readonly name: string
  readonly limits: ModelLimits
}

/** Which of its kind a call is counted for; undefined for none. */
export interface Level {
  readonly name: LevelName
  holder(world: World): Holder | Unknown | undefined
}

/** What a level allows a call; null where it has no limit. Money in dollars, as text, since text is exact. */
export interface LimitFacts {
  readonly models: ReadFact<readonly string[] | null, World>
  readonly requestsPerMinute: ReadFact<number | null, World>
  readonly tokensPerMinute: ReadFact<number | null, World>
  readonly dollarsPer: Readonly<Record<Period, ReadFact<string | null, World>>>
}

/** `model`: the model that a caller's name for one means, with its limits. */
export function levelsOf(
  { places }: IdentityFacts,
  groups: Groups,
  model: (name: string) => Holder | undefined,
): Readonly<Record<LevelName, Level>> {
  const ofKey = (holder: (key: Key) => Holder | undefined) => (world: World) => {
    const identity = world.identify(places)
    return identity.kind === "known" ? holder(identity.key) : undefined
  }
  return {
    key: { name: "key", holder: ofKey(({ name, limits }) => (limits === undefined ? undefined : { name, limits })) },
    team: { name: "team", holder: ofKey((key) => teamHolder(key, groups)) },
    tenant: { name: "tenant", holder: ofKey((key) => tenantHolder(key, groups)) },
    model: {
      name: "model",
      holder: ({ modelCall }) => {
        if (modelCall === undefined) return UNKNOWN
        return modelCall.model === null ? undefined : model(modelCall.model)
      },
    },
  }
}

function teamHolder({ team: name }: Membership, { teams }: Groups): Holder | undefined {
  const team = name === undefined ? undefined : teams.get(name)
  return name === undefined || team === undefined ? undefined : { name, limits: team.limits }
}

function tenantHolder(key: Membership, groups: Groups): Holder | undefined {
  const name = tenantOf(key, groups)
  const limits = name === undefined ? undefined : groups.tenants.get(name)
  return name === undefined || limits === undefined ? undefined : { name, limits }
}

export function limitFacts(level: Level): LimitFacts {
  const fact = <T extends Value>(name: LimitName, written: (limits: ModelLimits) => Placed<T> | undefined) =>
    readFact({
      name: `${level.name}.${name}`,
      since: level.name === "model" ? "content" : "identity",
      party: "operator",
      shownTo: "owner",
      read: (world: World): T | Unknown | null => {
        const holder = level.holder(world)
        return holder === UNKNOWN ? UNKNOWN : holder === undefined ? null : (written(holder.limits)?.value ?? null)
      },
      source: (world: World): Source | undefined => {
        const holder = level.holder(world)
        return holder === UNKNOWN || holder === undefined ? undefined : written(holder.limits)?.source
      },
    })
  return {
    models: fact("models", ({ models }) => models),
    requestsPerMinute: fact("requests-per-minute", ({ requestsPerMinute }) => requestsPerMinute),
    tokensPerMinute: fact("tokens-per-minute", ({ tokensPerMinute }) => tokensPerMinute),
    dollarsPer: {
      day: fact("dollars-per-day", ({ dollarsPerDay }) => inDollars(dollarsPerDay)),
      month: fact("dollars-per-month", ({ dollarsPerMonth }) => inDollars(dollarsPerMonth)),
    },
  }
}

type LimitName = "models" | "requests-per-minute" | "tokens-per-minute" | "dollars-per-day" | "dollars-per-month"

const inDollars = (amount: Placed<NanoUsd> | undefined): Placed<string> | undefined =>
  amount && { value: dollars(amount.value), source: amount.source }

/** The group a key says it is of, where there is none of that name; null where all is well. */
export const unknownGroup = ({ places }: IdentityFacts, groups: Groups): ReadFact<string | null, World> =>
  readFact({
    name: "key.unknown-group",
    since: "identity",
    party: "operator",
    shownTo: "owner",
    read: (world: World): string | null => {
      const identity = world.identify(places)
      return identity.kind === "known" ? unknownGroupOf(identity.key, groups) : null
    },
  })

function unknownGroupOf(key: Membership, groups: Groups): string | null {
  if (key.team !== undefined && !groups.teams.has(key.team)) return `team ${key.team}`
  const tenant = tenantOf(key, groups)
  return tenant === undefined || groups.tenants.has(tenant) ? null : `tenant ${tenant}`
}

/** A fact's value as it is told rather than read. */
export interface KnownLimit {
  readonly fact: string
  readonly value: Value
  readonly source: Source | undefined
}

/** What the facts above say of a key, for questions that no request asks. */
export function knownLimits(
  key: Membership & { readonly limits?: ModelLimits | undefined },
  groups: Groups,
): readonly KnownLimit[] {
  return [
    { fact: "key.unknown-group", value: unknownGroupOf(key, groups), source: undefined },
    ...told("key", key.limits),
    ...told("team", teamHolder(key, groups)?.limits),
    ...told("tenant", tenantHolder(key, groups)?.limits),
  ]
}

/** The same of a model without limits, whose own are not looked up for a question. */
export const unlimitedModel = (): readonly KnownLimit[] => told("model")

function told(level: LevelName, limits: ModelLimits = {}): readonly KnownLimit[] {
  const { models, requestsPerMinute, tokensPerMinute, dollarsPerDay, dollarsPerMonth } = limits
  const one = (name: LimitName, placed: Placed<Value> | undefined): KnownLimit => ({
    fact: `${level}.${name}`,
    value: placed?.value ?? null,
    source: placed?.source,
  })
  return [
    one("models", models),
    one("requests-per-minute", requestsPerMinute),
    one("tokens-per-minute", tokensPerMinute),
    one("dollars-per-day", inDollars(dollarsPerDay)),
    one("dollars-per-month", inDollars(dollarsPerMonth)),
  ]
}
