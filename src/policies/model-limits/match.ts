import type { Relation } from "../../decision/relation.ts"
import { show } from "../../decision/value.ts"
import { matchesGlob } from "../../text/glob.ts"

/** Patterns, of which one has to match the name; `*` stands for any text, none too. Null takes every name. */
export const match: Relation<readonly string[] | null, string | null> = {
  name: "match",
  holds: (patterns, name) => patterns === null || (name !== null && patterns.some((it) => matchesGlob(it, name))),
  say: (patterns, name) =>
    `${name === undefined ? "the name" : show(name)} matches none of ${patterns == null ? "the patterns" : show(patterns)}`,
  offers: (patterns, name) => [
    ...(name === null || name.includes("*") || patterns === null ? [] : [{ observed: [...patterns, name] }]),
    // The shortest name of each pattern; where there is no model of that name, those most like it are tried next.
    ...(patterns ?? []).map((it) => ({ required: it.replaceAll("*", "") })),
  ],
}
