import type { Source } from "../decision/source.ts"
import type { Groups, ModelLimits, Placed } from "../ports/model-limits.ts"
import { closest } from "../text/closest.ts"
import type { Document } from "../text/document.ts"
import type { ConfigFault } from "../text/fault.ts"
import type { Path } from "../text/path.ts"
import type { WrittenLimits } from "./limits-schema.ts"
import type { Settings } from "./schema.ts"

/** Limits with the places they are written at. `sourceAt`: of a place inside what holds them. */
export function limitsOf({ models, limits, budget }: WrittenLimits, sourceAt: (path: Path) => Source): ModelLimits {
  const placed = <T>(value: T | undefined, ...path: Path): Placed<T> | undefined =>
    value === undefined ? undefined : { value, source: sourceAt(path) }
  const requestsPerMinute = placed(limits?.["requests-per-minute"], "limits", "requests-per-minute")
  const tokensPerMinute = placed(limits?.["tokens-per-minute"], "limits", "tokens-per-minute")
  const dollarsPerDay = placed(budget?.day, "budget", "day")
  const dollarsPerMonth = placed(budget?.month, "budget", "month")
  const patterns = placed(models, "models")
  return {
    ...(patterns && { models: patterns }),
    ...(requestsPerMinute && { requestsPerMinute }),
    ...(tokensPerMinute && { tokensPerMinute }),
    ...(dollarsPerDay && { dollarsPerDay }),
    ...(dollarsPerMonth && { dollarsPerMonth }),
  }
}

export function groupsOf({ teams, tenants }: Settings, document: Document): Groups {
  const limitsAt = (written: WrittenLimits, ...path: Path): ModelLimits =>
    limitsOf(written, (inside) => document.sourceAt([...path, ...inside]))
  return {
    teams: new Map(
      Object.entries(teams).map(([name, it]) => [
        name,
        { limits: limitsAt(it, "teams", name), ...(it.tenant !== undefined && { tenant: it.tenant }) },
      ]),
    ),
    tenants: new Map(Object.entries(tenants).map(([name, it]) => [name, limitsAt(it, "tenants", name)])),
  }
}

/** Teams and tenants that are named and not there; keys that say two things of their tenant. */
export function* groupReferences({ keys, teams, tenants }: Settings, document: Document): Generator<ConfigFault> {
  const named = { team: Object.keys(teams), tenant: Object.keys(tenants) } as const
  const unknown = function* (kind: "team" | "tenant", name: string | undefined, path: Path): Generator<ConfigFault> {
    if (name === undefined || named[kind].includes(name)) return
    const meant = closest(name, named[kind])
    yield {
      severity: "error",
      source: document.sourceAt(path),
      message: `there is no ${kind} "${name}"`,
      expected: named[kind].length === 0 ? `a ${kind} under \`${kind}s\`` : `one of ${named[kind].join(", ")}`,
      ...(meant === undefined ? {} : { hint: `did you mean ${meant}?` }),
    }
  }
  for (const [i, { name, team, tenant }] of keys.entries()) {
    yield* unknown("team", team, ["keys", i, "team"])
    yield* unknown("tenant", tenant, ["keys", i, "tenant"])
    if (team !== undefined && tenant !== undefined)
      yield {
        severity: "error",
        source: document.sourceAt(["keys", i, "tenant"]),
        message: `the tenant of the key "${name}" is that of its team`,
        hint: `leave \`tenant\` out here, and write it at teams.${team}`,
      }
  }
  for (const [name, { tenant }] of Object.entries(teams)) yield* unknown("tenant", tenant, ["teams", name, "tenant"])
}
