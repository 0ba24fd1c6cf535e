import type { Relation } from "../decision/relation.ts"
import { show } from "../decision/value.ts"
import { matchesGlob } from "../text/glob.ts"

/** Whether what is asked for is one that the patterns stand for. Asking for nothing always is. */
export const matchesOneOf: Relation<string | null, readonly string[]> = {
  name: "matches one of",
  holds: (asked, patterns) => asked === null || patterns.some((it) => matchesGlob(it, asked)),
  say: (asked, patterns) => {
    const what = asked === undefined ? "what is asked for" : show(asked)
    return `${what} is none of ${patterns === undefined ? "those that need no key" : show(patterns)}`
  },
  offers: (asked, patterns) => (asked === null ? [] : [{ required: [...patterns, asked] }]),
}
