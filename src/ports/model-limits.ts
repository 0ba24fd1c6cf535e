import type { Source } from "../decision/source.ts"
import type { NanoUsd } from "./money.ts"

/** A value, and where it is written. */
export interface Placed<T> {
  readonly value: T
  readonly source: Source
}

/** What a key, a team, a tenant or a model may use. What is absent has no limit. */
export interface ModelLimits {
  /** Patterns of names of models, with `*` for anything: `gpt-*`. */
  readonly models?: Placed<readonly string[]>
  readonly requestsPerMinute?: Placed<number>
  /** Of requests and answers together. */
  readonly tokensPerMinute?: Placed<number>
  /** A day of UTC. */
  readonly dollarsPerDay?: Placed<NanoUsd>
  /** A calendar month of UTC. */
  readonly dollarsPerMonth?: Placed<NanoUsd>
}

/** Limits alone, for whoever is to write them somewhere. */
export type PlainLimits = { readonly [K in keyof ModelLimits]: NonNullable<ModelLimits[K]>["value"] }

/** Changes of limits: null takes one away, and what is absent stays. */
export type LimitChanges = { readonly [K in keyof PlainLimits]?: PlainLimits[K] | null }

export interface Team {
  readonly tenant?: string
  readonly limits: ModelLimits
}

/** Teams and tenants, by name. Keys belong to teams, teams to tenants; all of their limits hold at once. */
export interface Groups {
  readonly teams: ReadonlyMap<string, Team>
  readonly tenants: ReadonlyMap<string, ModelLimits>
}

export const NO_GROUPS: Groups = { teams: new Map(), tenants: new Map() }

/** What a key says of where it belongs. */
export interface Membership {
  readonly team?: string
  /** Without a team; with one, the team's is meant. */
  readonly tenant?: string
}

/** The tenant a key belongs to, by its team or by itself; undefined for none. */
export const tenantOf = ({ team, tenant }: Membership, { teams }: Groups): string | undefined =>
  team === undefined ? tenant : teams.get(team)?.tenant
