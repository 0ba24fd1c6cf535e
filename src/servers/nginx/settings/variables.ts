import type { Directive } from "../syntax/directive.ts"
import { GeoVariable } from "../values/geo.ts"
import { MapVariable } from "../values/map.ts"

/** A variable the configuration makes of others. */
export type MadeVariable =
  | { readonly kind: "map"; readonly map: MapVariable; readonly isVolatile: boolean }
  | { readonly kind: "geo"; readonly geo: GeoVariable }
  | { readonly kind: "unmodelled"; readonly directive: Directive }

/** Variables by name, those made with `map`, `geo` and what else makes some. A later one of the same name wins. */
export function variablesIn(http: readonly Directive[]): ReadonlyMap<string, MadeVariable> {
  const made = new Map<string, MadeVariable>()
  for (const directive of http) {
    const name = nameIn(directive)
    if (name === undefined) continue
    if (directive.name === "map") {
      const isVolatile = directive.block?.some((it) => it.name === "volatile" && it.args.length === 0) ?? false
      made.set(name, { kind: "map", map: new MapVariable(directive), isVolatile })
    } else if (directive.name === "geo") made.set(name, { kind: "geo", geo: new GeoVariable(directive) })
    else made.set(name, { kind: "unmodelled", directive })
  }
  return made
}

const MAKING = new Set(["map", "geo", "split_clients", "js_set", "perl_set"])

function nameIn({ name, args }: Directive): string | undefined {
  if (!MAKING.has(name)) return undefined
  const word = (name === "js_set" || name === "perl_set" ? args[0] : args.at(-1))?.text
  return word?.startsWith("$") ? word.slice(1).toLowerCase() : undefined
}
