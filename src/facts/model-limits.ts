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

/** A model, by its name in the configuration, and its limits. */
export interface Holder {
  readonly name: string
  readonly limits: ModelLimits
}

/** Which of its kind a call is counted for. Asked for each call, so that neither makes anything new. */
export interface Level {
  readonly name: LevelName
  /** Undefined where it is counted for none. */
  limits(world: World): ModelLimits | Unknown | undefined
  /** By name, where there are limits. */
  holder(world: World): string
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
  const ofKey = (
    name: LevelName,
    limits: (key: Key) => ModelLimits | undefined,
    holder: (key: Key) => string | undefined,
  ): Level => ({
    name,
    limits: (world) => {
      const identity = world.identify(places)
      return identity.kind === "known" ? limits(identity.key) : undefined
    },
    holder: (world) => {
      const identity = world.identify(places)
      return (identity.kind === "known" ? holder(identity.key) : undefined) ?? ""
    },
  })
  const ofModel = ({ modelCall }: World): Holder | undefined =>
    typeof modelCall?.model === "string" ? model(modelCall.model) : undefined
  return {
    key: ofKey(
      "key",
      (key) => key.limits,
      (key) => key.name,
    ),
    team: ofKey(
      "team",
      (key) => teamLimits(key, groups),
      (key) => key.team,
    ),
    tenant: ofKey(
      "tenant",
      (key) => tenantLimits(key, groups),
      (key) => tenantOf(key, groups),
    ),
    model: {
      name: "model",
      limits: (world) => (world.modelCall === undefined ? UNKNOWN : ofModel(world)?.limits),
      holder: (world) => ofModel(world)?.name ?? "",
    },
  }
}

export const teamLimits = ({ team }: Membership, { teams }: Groups): ModelLimits | undefined =>
  team === undefined ? undefined : teams.get(team)?.limits

export function tenantLimits(key: Membership, groups: Groups): ModelLimits | undefined {
  const tenant = tenantOf(key, groups)
  return tenant === undefined ? undefined : groups.tenants.get(tenant)
}

export function limitFacts(level: Level): LimitFacts {
  const fact = <T extends Value>(name: LimitName, written: (limits: ModelLimits) => Placed<T> | undefined) =>
    readFact({
      name: `${level.name}.${name}`,
      since: level.name === "model" ? "content" : "identity",
      party: "operator",
      shownTo: "owner",
      read: (world: World): T | Unknown | null => {
        const limits = level.limits(world)
        return limits === UNKNOWN ? UNKNOWN : limits === undefined ? null : (written(limits)?.value ?? null)
      },
      source: (world: World): Source | undefined => {
        const limits = level.limits(world)
        return limits === UNKNOWN || limits === undefined ? undefined : written(limits)?.source
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

export type LimitName = "models" | "requests-per-minute" | "tokens-per-minute" | "dollars-per-day" | "dollars-per-month"

export const inDollars = (amount: Placed<NanoUsd> | undefined): Placed<string> | undefined =>
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

/** `team search`, where there is none of that name; null where all is well. */
export function unknownGroupOf(key: Membership, groups: Groups): string | null {
  if (key.team !== undefined && !groups.teams.has(key.team)) return `team ${key.team}`
  const tenant = tenantOf(key, groups)
  return tenant === undefined || groups.tenants.has(tenant) ? null : `tenant ${tenant}`
}
