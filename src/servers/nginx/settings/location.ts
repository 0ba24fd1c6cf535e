import { toBytes } from "../../values/bytes.ts"
import { type Pattern, patternOf } from "../../values/pattern.ts"
import type { Directive } from "../syntax/directive.ts"
import { type Kind, type Surroundings, settingsOf } from "./block.ts"
import { RELAYING } from "./relaying.ts"
import type { Settings } from "./settings.ts"

/** One `location` and those inside it. */
export interface Location {
  readonly match: "prefix" | "exact" | "prefix first" | "pattern" | "named"
  /** What it begins with, is, or is called, as bytes; of a pattern, what is written. */
  readonly name: string
  readonly pattern: Pattern | undefined
  readonly settings: Settings
  readonly inside: Locations
  /** `/x` is redirected to `/x/` where only that is a location which relays. */
  readonly redirectsToSlash: boolean
}

/** How a path is looked up among the locations of one block, as src/http/ngx_http_core_module.c does it. */
export class Locations {
  readonly all: readonly Location[]
  readonly #exact = new Map<string, Location>()
  readonly #prefixes = new Map<string, Location>()
  /** Lengths of prefixes, longest first. */
  readonly #lengths: readonly number[]
  readonly #patterns: readonly Location[]

  constructor(all: readonly Location[]) {
    this.all = all
    for (const it of all)
      if (it.match === "exact") this.#exact.set(it.name, it)
      else if (it.match === "prefix" || it.match === "prefix first") this.#prefixes.set(it.name, it)
    this.#lengths = [...new Set([...this.#prefixes.keys()].map((it) => it.length))].sort((a, b) => b - a)
    this.#patterns = all.filter((it) => it.match === "pattern")
  }

  /** `matches` tries a pattern and keeps what it catches. */
  find(path: string, matches: (pattern: Pattern) => boolean): Choice | undefined {
    const exact = this.#exact.get(path)
    if (exact !== undefined) return { location: exact, isFinal: true, redirects: false }
    const prefix = this.#longest(path)
    if (prefix === undefined || prefix.name.length < path.length) {
      // Both share one place in nginx's tree: either redirects, and what the exact one holds applies.
      const same = this.#exact.get(`${path}/`)
      const below = this.#prefixes.get(`${path}/`)
      const location = same ?? below
      if (location !== undefined && (same?.redirectsToSlash || below?.redirectsToSlash))
        return { location, isFinal: true, redirects: true }
    }
    const inner = prefix?.inside.find(path, matches)
    if (inner?.isFinal) return inner
    if (prefix?.match !== "prefix first")
      for (const location of this.#patterns)
        if (location.pattern !== undefined && matches(location.pattern)) {
          const nested = location.inside.find(path, matches)
          return { location: nested?.location ?? location, isFinal: true, redirects: false }
        }
    return inner ?? (prefix === undefined ? undefined : { location: prefix, isFinal: false, redirects: false })
  }

  #longest(path: string): Location | undefined {
    for (const length of this.#lengths) {
      if (length > path.length) continue
      const found = this.#prefixes.get(path.slice(0, length))
      if (found !== undefined) return found
    }
    return undefined
  }
}

interface Choice {
  readonly location: Location
  /** No pattern of a block around it is tried any more. */
  readonly isFinal: boolean
  readonly redirects: boolean
}

export function locationsIn(block: readonly Directive[], around: Settings, where: Surroundings): Locations {
  return new Locations(block.filter((it) => it.name === "location").map((it) => locationOf(it, around, where)))
}

function locationOf(directive: Directive, around: Settings, where: Surroundings): Location {
  const { match, name, isCaseless } = readName(directive.args.map((it) => it.text))
  const kind: Kind = { kind: "location", name, isPattern: match === "pattern" }
  const settings = settingsOf(directive, around, kind, where)
  const block = directive.block ?? []
  return {
    match,
    name: toBytes(name),
    pattern: match === "pattern" ? patternOf(name, isCaseless) : undefined,
    settings,
    inside: locationsIn(block, settings, where),
    redirectsToSlash: name.endsWith("/") && block.some((it) => RELAYING.has(it.name)),
  }
}

/** `= /x`, `^~ /x`, `~ x`, `~* x`, `@x` or `/x`; the sign may touch the name. */
export function readName([first = "", second]: readonly string[]): {
  readonly match: Location["match"]
  readonly name: string
  readonly isCaseless: boolean
} {
  const glued = /^(=|\^~|~\*|~)([\s\S]*)$/.exec(first)
  const sign = second === undefined ? glued?.[1] : first
  const name = second ?? glued?.[2] ?? first
  const match =
    sign === "="
      ? "exact"
      : sign === "^~"
        ? "prefix first"
        : sign === "~" || sign === "~*"
          ? "pattern"
          : name.startsWith("@")
            ? "named"
            : "prefix"
  return { match, name, isCaseless: sign === "~*" }
}
