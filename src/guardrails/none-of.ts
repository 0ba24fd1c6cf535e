import type { Relation } from "../decision/relation.ts"
import { show } from "../decision/value.ts"

/** Of what was found, nothing is among what is refused. */
export const noneOf: Relation<readonly string[], readonly string[]> = {
  name: "none of",
  holds: (observed, refused) => !observed.some((it) => refused.includes(it)),
  prepare: (refused) => {
    const known = new Set(refused)
    return (observed) => {
      for (const it of observed) if (known.has(it)) return false
      return true
    }
  },
  say: (observed, refused) => {
    if (observed === undefined) return "something that is refused was found"
    if (refused === undefined) return `${show(observed)} was found, of which something is refused`
    return `${show(observed.filter((it) => refused.includes(it)))} was found`
  },
  offers: (observed, refused) => [
    { observed: observed.filter((it) => !refused.includes(it)) },
    { required: refused.filter((it) => !observed.includes(it)) },
  ],
}

/** Relations that guardrails add to those of the core. */
export const GUARDRAIL_RELATIONS = [noneOf] as const
