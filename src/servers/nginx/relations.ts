import type { Relation } from "../../decision/relation.ts"
import { show } from "../../decision/value.ts"
import { readAddress, readNetwork, showAddress } from "../values/address.ts"
import { patternOf } from "../values/pattern.ts"
import { readName } from "./settings/location.ts"
import { fits, type Rule } from "./settings/rules.ts"

const told = (value: string | undefined, otherwise: string): string => (value === undefined ? otherwise : show(value))

/** An address and an access list, read from the top: `allow 192.0.2.0/24`, `deny all`. What none fits is let in. */
export const letIn: Relation<string, readonly string[]> = {
  name: "is let in by",
  holds: (address, rules) => isLetIn(address, rules.flatMap(ruleFrom)),
  prepare: (rules) => {
    const read = rules.flatMap(ruleFrom)
    return (address) => isLetIn(address, read)
  },
  say: (address, rules) =>
    `${told(address, "the address")} is not let in by ${rules === undefined ? "the list" : listed(rules)}`,
  offers: (address, rules) => {
    const read = rules.flatMap(ruleFrom)
    const at = read.findIndex((it) => fits(it.whom, readAddress(address)))
    const whom = readAddress(address) === undefined ? "unix:" : address
    const within = at < 0 ? [] : [{ required: [...rules.slice(0, at), `allow ${whom}`, ...rules.slice(at)] }]
    const from = read.flatMap(({ allows, whom: it }) => (allows && typeof it === "object" ? [showAddress(it)] : []))
    return [...within, ...from.map((observed) => ({ observed }))].filter((it) =>
      "required" in it ? isLetIn(address, it.required.flatMap(ruleFrom)) : isLetIn(it.observed, read),
    )
  },
}

/** Of a long list, those that say most: the first and the last. */
const listed = (rules: readonly string[]): string =>
  rules.length <= 8 ? rules.join("; ") : `${rules.slice(0, 6).join("; ")}; … ${rules.length - 7} more; ${rules.at(-1)}`

type Line = Pick<Rule, "allows" | "whom">

function ruleFrom(said: string): readonly Line[] {
  const [verb, text = ""] = said.split(" ")
  const whom = text === "all" || text === "unix:" ? text : readNetwork(text)
  return whom === undefined ? [] : [{ allows: verb === "allow", whom }]
}

function isLetIn(text: string, rules: readonly Line[]): boolean {
  const address = readAddress(text)
  for (const rule of rules) if (fits(rule.whom, address)) return rule.allows
  return true
}

/** A value that must be another. */
export const differs: Relation<string, string> = {
  name: "differs from",
  holds: (observed, other) => observed !== other,
  say: (observed, other) =>
    `${told(observed, "the value")} is ${other === undefined ? "what is refused" : show(other)}`,
  offers: (_, other) => (other === "" ? [] : [{ observed: "" }]),
}

/** A value that must be empty or `0`, as nginx reads what is false. */
export const untrue: Relation<string, null> = {
  name: "is empty or 0",
  holds: (observed) => observed === "" || observed === "0",
  say: (observed) => `${told(observed, "the value")} is neither empty nor 0`,
  offers: () => [{ observed: "" }],
}

/** A pattern as `if` writes it, `~ x` or `~* x`, that must not match; without its value that refuses just this one. */
export const unmatched: Relation<string, string> = {
  name: "does not match",
  holds: (observed, written) => !isMatch(observed, written),
  prepare: (written) => {
    const pattern = read(written)
    return (observed) => pattern.match(observed) === undefined
  },
  say: (observed, written) => `${told(observed, "the value")} matches ${told(written, "the pattern")}`,
  offers: (observed, written) => {
    const relaxed = sparing(written, observed)
    return [{ required: relaxed }, { observed: "" }].filter((it) =>
      "required" in it ? !isMatch(observed, it.required) : !isMatch(it.observed, written),
    )
  },
}

/** The same where it must match: `!~`. */
export const matched: Relation<string, string> = {
  name: "matches",
  holds: (observed, written) => isMatch(observed, written),
  say: (observed, written) => `${told(observed, "the value")} does not match ${told(written, "the pattern")}`,
  offers: () => [],
}

const read = (written: string) => {
  const [, sign = "~", pattern = ""] = /^(~\*?) ([\s\S]*)$/.exec(written) ?? []
  return patternOf(pattern, sign === "~*")
}
const isMatch = (observed: string, written: string): boolean => Array.isArray(read(written).match(observed))

/** The pattern, but for one text it is not to match any more. */
export function sparing(written: string, text: string): string {
  const [, sign = "~", pattern = ""] = /^(~\*?) ([\s\S]*)$/.exec(written) ?? []
  const literal = text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&")
  const rest = pattern.startsWith("^") && !pattern.includes("|") ? pattern.slice(1) : `.*?(?:${pattern})`
  return `${sign} ^(?!${literal}$)${rest}`
}

/** A path that must lie outside of a location, written as there: `~ \.php$`, `= /x`, `/admin/`. */
export const outside: Relation<string, string> = {
  name: "is outside of",
  holds: (path, location) => !isInside(path, location),
  say: (path, location) =>
    `${told(path, "the path")} is in ${location === undefined ? "a location that answers itself" : `\`location ${location}\``}`,
  offers: () => [],
}

function isInside(path: string, location: string): boolean {
  const [first = "", ...rest] = location.split(" ")
  const { match, name, isCaseless } = readName(/^(?:=|\^~|~\*?)$/.test(first) ? [first, rest.join(" ")] : [location])
  switch (match) {
    case "exact":
      return path === name
    case "pattern":
      return Array.isArray(patternOf(name, isCaseless).match(path))
    case "named":
      return true
    case "prefix":
    case "prefix first":
      return path.startsWith(name)
  }
}

/** Names of which one must be there. */
export const includesAny: Relation<readonly string[], readonly string[]> = {
  name: "includes one of",
  holds: (names, wanted) => wanted.some((it) => names.includes(it)),
  say: (names, wanted) =>
    `none of ${wanted === undefined ? "what is looked for" : show(wanted)} is there${names === undefined || names.length === 0 ? "" : `, only ${show(names.slice(0, 10))}`}`,
  offers: (names, [first]) => (first === undefined ? [] : [{ observed: [...names, first] }]),
}

/** Something that is one way and must be the other. */
export const is: Relation<boolean, boolean> = {
  name: "is",
  holds: (observed, required) => observed === required,
  say: (observed, required) =>
    `it is ${observed === undefined ? "not as required" : String(observed)}${required === undefined ? "" : `, and must be ${required}`}`,
  offers: (_, required) => [{ observed: required }],
}
