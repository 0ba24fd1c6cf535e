import type { Relation } from "../../../decision/relation.ts"
import { show } from "../../../decision/value.ts"
import { isInNetwork, readAddress, showAddress } from "../../values/address.ts"
import { patternOf } from "../settings/pattern.ts"
import { isInside, networkOf } from "./network.ts"

const told = (value: Parameters<typeof show>[0] | undefined, otherwise: string): string =>
  value === undefined ? otherwise : show(value)

/** `Require all`: everyone or nobody. */
export const isLetIn: Relation<string, string> = {
  name: "is let in",
  holds: (_, required) => required === "granted",
  say: () => "nobody is let in by this line",
  offers: () => [{ required: "granted" }],
}

export const isLetInUnless: Relation<string, string> = {
  name: "is let in unless",
  holds: (_, required) => required !== "granted",
  say: () => "everybody is kept out by this line",
  offers: () => [{ required: "denied" }],
}

export const inNetworks: Relation<string, readonly string[]> = {
  name: "in networks",
  holds: isInside,
  prepare: (networks) => {
    const read = networks.map(networkOf).filter((it) => it !== undefined)
    return (observed) => {
      const address = readAddress(observed)
      return address !== undefined && read.some((it) => isInNetwork(address, it))
    }
  },
  say: (observed, networks) => `${told(observed, "the address")} is not in ${told(networks, "those let in")}`,
  offers: (observed, networks) => [
    ...(readAddress(observed) === undefined ? [] : [{ required: [...networks, observed] }]),
    ...networks.flatMap((it) => {
      const first = firstOf(it)
      return first === undefined ? [] : [{ observed: first }]
    }),
  ],
}

export const outsideNetworks: Relation<string, readonly string[]> = {
  name: "outside networks",
  holds: (observed, networks) => !isInside(observed, networks),
  say: (observed, networks) => `${told(observed, "the address")} is in ${told(networks, "those kept out")}`,
  offers: (observed, networks) => {
    const kept = networks.filter((it) => !isInside(observed, [it]))
    return kept.length === networks.length ? [] : [{ required: kept }]
  },
}

function firstOf(network: string): string | undefined {
  const read = networkOf(network)
  if (read === undefined) return undefined
  return showAddress(read.bits === 32 ? { bits: 32, value: read.value } : { bits: 128, value: read.value })
}

export const noneOf: Relation<string | null, readonly string[]> = {
  name: "none of",
  holds: (observed, excluded) => observed === null || !excluded.includes(observed),
  say: (observed, excluded) => `${told(observed, "the value")} is one of ${told(excluded, "those excluded")}`,
  offers: (observed, excluded) => [{ required: excluded.filter((it) => it !== observed) }],
}

export const includesAny: Relation<readonly string[], readonly string[]> = {
  name: "includes any",
  holds: (observed, wanted) => wanted.some((it) => observed.includes(it)),
  say: (_, wanted) => `none of ${told(wanted, "the variables asked for")} is set`,
  offers: (observed, wanted) => wanted.map((it) => ({ observed: [...observed, it] })),
}

export const includesNone: Relation<readonly string[], readonly string[]> = {
  name: "includes none",
  holds: (observed, unwanted) => !unwanted.some((it) => observed.includes(it)),
  say: (observed, unwanted) =>
    observed === undefined || unwanted === undefined
      ? "a variable is set that keeps out"
      : `${show(unwanted.filter((it) => observed.includes(it)))} is set`,
  offers: (observed, unwanted) => [{ observed: observed.filter((it) => !unwanted.includes(it)) }],
}

/** Of an expression. */
export const isAs: Relation<boolean, boolean> = {
  name: "is as",
  holds: (observed, required) => observed === required,
  say: (observed, required) => `the expression is ${told(observed, "not")} and must be ${told(required, "otherwise")}`,
  offers: (_, required) => [{ observed: required }],
}

export const missing: Relation<string | null, null> = {
  name: "missing",
  holds: (observed) => observed === null,
  say: (observed) => `there is ${told(observed, "one")}`,
  offers: () => [{ observed: null }],
}

/** Of a link, and of what it leads to. */
export const sameOwner: Relation<string | null, string> = {
  name: "same owner",
  holds: (observed, required) => observed === required,
  say: (observed, required) =>
    `the link belongs to ${told(observed, "another")} and what it leads to, to ${told(required, "someone else")}`,
  offers: (_, required) => [{ observed: required }],
}

/** A regular expression as httpd reads it; one that cannot be tried matches nothing here. */
export const matchesNot: Relation<string | null, string> = {
  name: "does not match",
  holds: (observed, pattern) => !matches(observed, pattern),
  say: (observed, pattern) => `${told(observed, "the value")} matches ${told(pattern, "the pattern")}`,
  offers: () => [],
}

export const matchesPattern: Relation<string | null, string> = {
  name: "matches",
  holds: matches,
  say: (observed, pattern) => `${told(observed, "the value")} does not match ${told(pattern, "the pattern")}`,
  offers: () => [],
}

function matches(observed: string | null, pattern: string): boolean {
  const found = observed === null ? undefined : patternOf(pattern).match(observed)
  return found !== undefined && found !== "unknown"
}

export const isScheme: Relation<string | null, string> = {
  name: "is scheme",
  holds: (observed, required) => observed === required,
  say: (observed, required) =>
    `the request came by ${told(observed, "another scheme")}, not by ${told(required, "this")}`,
  offers: (_, required) => [{ observed: required }],
}
