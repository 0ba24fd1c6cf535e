import type { Relation } from "./relation.ts"
import { show, type Value } from "./value.ts"

const told = (value: Value | undefined, otherwise: string): string => (value === undefined ? otherwise : show(value))

export const atMost: Relation<number, number> = {
  name: "at most",
  holds: (observed, limit) => observed <= limit,
  say: (observed, limit) => `${told(observed, "the value")} is more than ${told(limit, "what is allowed")}`,
  offers: (observed, limit) => [{ observed: limit }, { required: observed }],
}

export const equals: Relation<string, string> = {
  name: "equals",
  holds: (observed, required) => observed === required,
  say: (observed, required) => `${told(observed, "the value")} is not ${told(required, "what is required")}`,
  offers: (_, required) => [{ observed: required }],
}

/** For values that name a fault: the check holds as long as the fault is not this one. */
export const isNot: Relation<string, string> = {
  name: "is not",
  holds: (observed, refused) => observed !== refused,
  say: (observed, refused) => `it is ${told(observed ?? refused, "what is refused")}`,
  offers: () => [],
}

export const present: Relation<string | null, string> = {
  name: "present",
  holds: (observed) => observed !== null,
  say: () => "there is none",
  offers: (_, example) => [{ observed: example }],
}

export const oneOf: Relation<string | null, readonly string[]> = {
  name: "one of",
  holds: (observed, allowed) => observed !== null && allowed.includes(observed),
  prepare: (allowed) => {
    const known = new Set(allowed)
    return (observed) => observed !== null && known.has(observed)
  },
  say: (observed, allowed) => `${told(observed, "the value")} is not one of ${told(allowed, "those allowed")}`,
  offers: (observed, allowed) => [
    ...closestFirst(observed ?? "", allowed).map((value) => ({ observed: value })),
    ...(observed === null ? [] : [{ required: [...allowed, observed] }]),
  ],
}

export const includesAll: Relation<readonly string[], readonly string[]> = {
  name: "includes all",
  holds: (observed, needed) => needed.every((it) => observed.includes(it)),
  prepare: (needed) => {
    const [only] = needed
    if (needed.length === 1 && only !== undefined) return (observed) => observed.includes(only)
    return (observed) => includesAll.holds(observed, needed)
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

/** The likeliest meant first, so that a bounded search meets it first. */
function closestFirst(meant: string, allowed: readonly string[]): readonly string[] {
  return allowed
    .map((value) => ({ value, distance: editDistance(meant, value) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ value }) => value)
}

/** Levenshtein distance; strings are cut at 64 characters so that hostile ones stay cheap. */
export function editDistance(a: string, b: string): number {
  const left = a.slice(0, 64)
  const right = b.slice(0, 64)
  let previous = Array.from({ length: right.length + 1 }, (_, i) => i)
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous[right.length] ?? 0
}

/** For what must not be there: a fault, of which the value is what was seen. Nobody can change that it was. */
export const absent: Relation<string | null, null> = {
  name: "absent",
  holds: (observed) => observed === null,
  say: (observed) => (observed === undefined ? "there is one" : `it is ${show(observed)}`),
  offers: () => [],
}
