import type { Key, KeyChange } from "../../ports/keys.ts"
import type { LimitChanges, PlainLimits } from "../../ports/model-limits.ts"
import { plainLimits } from "./key-limits.ts"
import type { AmendedKey } from "./key-table.ts"

/** A key with what was asked for changed. A key that is put in a team leaves its tenant, and the other way round. */
export function amendedKey(key: Key, { scopes = key.scopes, team, tenant, limits = {} }: KeyChange): AmendedKey {
  const nowTeam = team === undefined ? (typeof tenant === "string" ? undefined : key.team) : (team ?? undefined)
  const nowTenant = tenant === undefined ? (typeof team === "string" ? undefined : key.tenant) : (tenant ?? undefined)
  return {
    scopes,
    ...(nowTeam !== undefined && { team: nowTeam }),
    ...(nowTenant !== undefined && { tenant: nowTenant }),
    limits: changed(plainLimits(key.limits), limits),
  }
}

function changed(before: PlainLimits, changes: LimitChanges): PlainLimits {
  const models = after(before.models, changes.models)
  const requestsPerMinute = after(before.requestsPerMinute, changes.requestsPerMinute)
  const tokensPerMinute = after(before.tokensPerMinute, changes.tokensPerMinute)
  const dollarsPerDay = after(before.dollarsPerDay, changes.dollarsPerDay)
  const dollarsPerMonth = after(before.dollarsPerMonth, changes.dollarsPerMonth)
  return {
    ...(models !== undefined && { models }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(dollarsPerDay !== undefined && { dollarsPerDay }),
    ...(dollarsPerMonth !== undefined && { dollarsPerMonth }),
  }
}

const after = <T>(before: T | undefined, change: T | null | undefined): T | undefined =>
  change === undefined ? before : (change ?? undefined)
