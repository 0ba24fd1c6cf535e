import type { Source } from "../decision/source.ts"
import type { Value } from "../decision/value.ts"
import type { Groups, Membership, ModelLimits, Placed } from "../ports/model-limits.ts"
import { inDollars, type LevelName, type LimitName, teamLimits, tenantLimits, unknownGroupOf } from "./model-limits.ts"

/** A fact's value as it is told rather than read. */
export interface KnownLimit {
  readonly fact: string
  readonly value: Value
  readonly source: Source | undefined
}

/** What the facts of limits say of a key, for questions that no request asks. */
export function knownLimits(
  key: Membership & { readonly limits?: ModelLimits | undefined },
  groups: Groups,
): readonly KnownLimit[] {
  return [
    { fact: "key.unknown-group", value: unknownGroupOf(key, groups), source: undefined },
    ...told("key", key.limits),
    ...told("team", teamLimits(key, groups)),
    ...told("tenant", tenantLimits(key, groups)),
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
