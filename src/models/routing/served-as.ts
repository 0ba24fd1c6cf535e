import type { Relation } from "../../decision/relation.ts"
import { show } from "../../decision/value.ts"

/**
 * Whether a name means one of the entries, as callers' names do: the entry of that very name is meant, or else that of the
 * longest pattern, which ends in `*`. An entry behind `!` is one that may not be meant.
 */
export const servedAs: Relation<string | null, readonly string[]> = {
  name: "is served as",
  holds: (asked, entries) => asked !== null && isServed(asked, entries),
  prepare: (entries) => (asked) => asked !== null && isServed(asked, entries),
  say: (asked, entries) => {
    const what = asked === undefined ? "what is asked for" : show(asked)
    return `${what} is none of ${entries === undefined ? "those that are served" : show(entries)}`
  },
  offers: (_, entries) =>
    entries.filter((it) => !it.endsWith("*") && isServed(it, entries)).map((observed) => ({ observed })),
}

function isServed(asked: string, entries: readonly string[]): boolean {
  let closest = ""
  let isMeant = false
  for (const entry of entries) {
    const isExcluded = entry.startsWith(NOT)
    const name = isExcluded ? entry.slice(NOT.length) : entry
    if (name === asked) return !isExcluded
    if (!name.endsWith("*") || name.length <= closest.length || !asked.startsWith(name.slice(0, -1))) continue
    closest = name
    isMeant = !isExcluded
  }
  return isMeant
}

const NOT = "!"

/** What `servedAs` asks for: the names, and those of the others that a pattern among the names would take. */
export const entriesFor = (names: readonly string[], others: readonly string[]): readonly string[] => [
  ...names,
  ...others
    .filter((other) => names.some((it) => it.endsWith("*") && other.startsWith(it.slice(0, -1))))
    .map((it) => NOT + it),
]
