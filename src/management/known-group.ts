import type { KeyChange } from "../ports/keys.ts"
import type { Groups } from "../ports/model-limits.ts"
import { closest } from "../text/closest.ts"

/** Why a key cannot be of the group it is to be of: a slip here would keep it from every model. Undefined where it can. */
export function unknownGroup({ team, tenant }: KeyChange, { teams, tenants }: Groups): string | undefined {
  return missing("team", team, [...teams.keys()]) ?? missing("tenant", tenant, [...tenants.keys()])
}

function missing(kind: string, name: string | null | undefined, known: readonly string[]): string | undefined {
  if (name === undefined || name === null || known.includes(name)) return undefined
  const meant = closest(name, known)
  const there = known.length === 0 ? `Write it under \`${kind}s\` first.` : `There is ${known.join(", ")}.`
  return `There is no ${kind} "${name}" in the configuration. ${meant === undefined ? there : `Did you mean ${meant}?`}`
}
