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
 * Grants at one place, in one rule that runs before the Core Rule Set. Where the path is not known, named targets are taken from
 * the rules for every path when the configuration is read, which has to come after them; more than that is not written for every
 * path, and the answer then is undefined.
 */
export function exclusionOf(
  grants: readonly Grant[],
  place: Place,
  engine: Engine,
  takenIds: ReadonlySet<number>,
): Exclusion | undefined {
  if (place.path === undefined) {
    const written = grants.flatMap((it) => (it.kind === "target" && LISTABLE.test(it.target) ? forEveryPath(it) : []))
    if (written.length < grants.length) return undefined
    return {
      written: written.join("\n"),
      file: AFTER_RULES,
      position: "after",
      admits: admitted(grants, "on every path, as the path is not known"),
    }
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

/** The directive takes a list of targets, so a name with a bar or between slashes would be another one. */
const LISTABLE = /^[A-Z_0-9]+(?::(?:[0-9A-Za-z_.[\]-]+|\/\*))?$/

const forEveryPath = ({ rule, target }: Extract<Grant, { kind: "target" }>): string =>
  `SecRuleUpdateTargetById ${rule} "!${target}"`

/** What to write, where the line says too little of the place to write it. */
export const advised = (rules: readonly number[]): { readonly change: string; readonly admits: string } => ({
  change: `Exclude the one field that is meant to hold such text, at its path, before the rules are read: ${[...new Set(rules)].map((it) => `ctl:ruleRemoveTargetById=${it};ARGS:name`).join(", ")}.`,
  admits: "everyone, past these rules in that field at that path",
})

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
