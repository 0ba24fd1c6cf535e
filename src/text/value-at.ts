import type { Path } from "./path.ts"

/** What stands at a path inside a value; undefined for nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((above, part) => {
    if (typeof above !== "object" || above === null || !Object.hasOwn(above, part)) return undefined
    return Reflect.get(above, part)
  }, value)
}
