import { closestFirst } from "./closest.ts"
import type { Relation } from "./relation.ts"
import { show, type Value } from "./value.ts"

const told = (value: Value | undefined, otherwise: string): string => (value === undefined ? otherwise : show(value))

export const atMost: Relation<number, number> = {
  name: "at most",
  holds: (observed, limit) => observed <= limit,
  prepare: (limit) => (observed) => observed <= limit,
  say: (observed, limit) => `${told(observed, "the value")} is more than ${told(limit, "what is allowed")}`,
  offers: (observed, limit) => [{ observed: limit }, { required: observed }],
}

export const equals: Relation<string, string> = {
  name: "equals",
  holds: (observed, required) => observed === required,
  prepare: (required) => (observed) => observed === required,
  say: (observed, required) => `${told(observed, "the value")} is not ${told(required, "what is required")}`,
  offers: (_, required) => [{ observed: required }],
}

export const present: Relation<string | null, string> = {
  name: "present",
  holds: (observed) => observed !== null,
  prepare: () => (observed) => observed !== null,
  say: () => "there is none",
  offers: (_, example) => [{ observed: example }],
}

export const oneOf: Relation<string | null, readonly string[]> = {
  name: "one of",
  holds: (observed, allowed) => observed !== null && allowed.includes(observed),
  prepare: (allowed) => {
    // Of few, comparing with each is faster than computing a hash.
    if (allowed.length <= 8)
      return (observed) => {
        for (const it of allowed) if (it === observed) return true
        return false
      }
    const known = new Set(allowed)
    return (observed) => observed !== null && known.has(observed)
  },
  say: (observed, allowed) => `${told(observed, "the value")} is not one of ${told(allowed, "those allowed")}`,
  offers: (observed, allowed) => [
    // Before the others, or a bounded search of a long list would never come to it.
    ...(observed === null ? [] : [{ required: [...allowed, observed] }]),
    ...closestFirst(observed ?? "", allowed).map((value) => ({ observed: value })),
  ],
}

export const includesAll: Relation<readonly string[], readonly string[]> = {
  name: "includes all",
  holds: (observed, needed) => needed.every((it) => observed.includes(it)),
  prepare: (needed) => {
    const [only, ...others] = needed
    if (only === undefined) return () => true
    if (others.length === 0) return (observed) => observed.includes(only)
    // A loop, as `every` would make a closure for each decision.
    return (observed) => {
      for (const it of needed) if (!observed.includes(it)) return false
      return true
    }
  },
  say: (observed, needed) => {
    if (observed === undefined || needed === undefined)
      return `${told(observed, "what is held")} does not include ${told(needed, "all that is required")}`
    const lacking = needed.filter((it) => !observed.includes(it))
    return `${show(observed)} does not include ${show(lacking)}`
  },
  offers: (observed, needed) => [
    { observed: [...observed, ...needed.filter((it, at) => !observed.includes(it) && needed.indexOf(it) === at)] },
    { required: needed.filter((it) => observed.includes(it)) },
  ],
}

/** For what must not be there: a fault, of which the value is what was seen. Nobody can change that it was. */
export const absent: Relation<string | null, null> = {
  name: "absent",
  holds: (observed) => observed === null,
  prepare: () => (observed) => observed === null,
  say: (observed) => (observed === undefined ? "there is one" : `it is ${show(observed)}`),
  offers: () => [],
}
