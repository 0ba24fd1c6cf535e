import type { Grant as AnyGrant } from "./grant.ts"
import type { Engine } from "./message.ts"
import type { Place } from "./place.ts"
import { conditionally, control } from "./seclang.ts"

type Grant = Exclude<AnyGrant, { kind: "entry" }>

/** An exclusion as a person pastes it. */
export interface Exclusion {
  /** Directives; one or more lines, without a line break at the end. */
  readonly written: string
  /** Which file it belongs into, relative to where the Core Rule Set is included. */
  readonly file: string
  readonly position: "before" | "after"
  readonly admits: string
}

export const BEFORE_RULES = "REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf"
const AFTER_RULES = "RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf"

/** Numbers up to 99 999 are for rules of the site. */
const FIRST_ID = 1000

export function freeId(taken: ReadonlySet<number>): number {
  let id = FIRST_ID
  while (taken.has(id)) id++
  return id
}

/**
 * Grants at one place, in one rule that runs before the Core Rule Set. Where the path is not known, the rules are changed for
 * every path when the configuration is read, which has to come after them.
 */
export function exclusionOf(
  grants: readonly Grant[],
  place: Place,
  engine: Engine,
  takenIds: ReadonlySet<number>,
): Exclusion {
  if (place.path === undefined)
    return {
      written: grants.map(forEveryPath).join("\n"),
      file: AFTER_RULES,
      position: "after",
      admits: admitted(grants, "on every path, as the path is not known"),
    }
  const actions = grants.map((it) =>
    it.kind === "rule"
      ? control("ruleRemoveById", String(it.rule), engine)
      : control("ruleRemoveTargetById", `${it.rule};${it.target}`, engine),
  )
  const where = place.method === undefined ? `requests to ${place.path}` : `${place.method} ${place.path}`
  return {
    written: conditionally(freeId(takenIds), place, engine, actions),
    file: BEFORE_RULES,
    position: "before",
    admits: admitted(grants, `in ${where}`),
  }
}

function forEveryPath(it: Grant): string {
  if (it.kind === "rule") return `SecRuleRemoveById ${it.rule}`
  // Read as a list of targets, so a name with a bar or between slashes would be another one.
  const target = /^[A-Z_0-9]+(?::(?:[0-9A-Za-z_.[\]-]+|\/\*))?$/.test(it.target)
    ? it.target
    : it.target.split(":", 1)[0]
  return `SecRuleUpdateTargetById ${it.rule} "!${target}"`
}

function admitted(grants: readonly Grant[], where: string): string {
  return `${grants.map(taken).join(", ")}; ${where}, from every caller. Everything else is inspected as before.`
}

function taken(it: Grant): string {
  switch (it.kind) {
    case "target":
      return `what rule ${it.rule} finds in ${it.target}`
    case "collection":
      return `what rule ${it.rule} finds in any member of ${it.target}`
    case "rule":
      return `all that rule ${it.rule} finds`
  }
}
