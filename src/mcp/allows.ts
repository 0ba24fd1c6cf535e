import type { Relation } from "../decision/relation.ts"
import { show } from "../decision/value.ts"
import { matchesGlob } from "../text/glob.ts"

/**
 * Whether one of a key's patterns stands for what is asked for. Asking for nothing is always allowed. Where a key has no
 * patterns it has none: a server that is added gives nobody a tool whom the operator did not give it.
 */
export const allows: Relation<readonly string[], string | null> = {
  name: "allows",
  holds: (patterns, asked) => asked === null || patterns.some((it) => matchesGlob(it, asked)),
  say: (patterns, asked) => {
    const held = patterns === undefined ? "what is held" : show(patterns)
    return `${held} does not allow ${asked === undefined ? "what is asked for" : show(asked)}`
  },
  offers: (patterns, asked) => (asked === null ? [] : [{ observed: [...patterns, asked] }]),
}
