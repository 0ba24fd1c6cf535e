import { DEEPEST } from "./limits.ts"

export type Json = string | number | boolean | null | readonly Json[] | JsonMap
export interface JsonMap {
  readonly [name: string]: Json | undefined
}

/** The value, or undefined for text that is not JSON. Never throws. It may be nested deep: walk it with a limit. */
export function jsonOf(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** A value from outside as JSON; undefined where it is none, or is nested deeper than `depth`. */
export function plain(value: unknown, depth: number = DEEPEST): Json | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined
  if (typeof value !== "object" || depth === 0) return undefined
  if (Array.isArray(value)) {
    const items = value.map((it) => plain(it, depth - 1))
    return items.every((it) => it !== undefined) ? items : undefined
  }
  const entries: [string, Json][] = []
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) continue
    const it = plain(item, depth - 1)
    if (it === undefined) return undefined
    entries.push([name, it])
  }
  return Object.fromEntries(entries)
}

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** What stands under these names, one below the other; own names only. */
export function below(value: Json | undefined, ...names: readonly string[]): Json | undefined {
  let at = value
  for (const name of names) {
    if (!isMap(at) || !Object.hasOwn(at, name)) return undefined
    at = at[name]
  }
  return at
}

export const wordBelow = (value: Json | undefined, ...names: readonly string[]): string | undefined => {
  const found = below(value, ...names)
  return typeof found === "string" && found !== "" ? found : undefined
}

/** Also where the number is written as text. */
export function numberBelow(value: Json | undefined, ...names: readonly string[]): number | undefined {
  const found = below(value, ...names)
  if (typeof found === "number") return found
  return typeof found === "string" && /^\d{1,15}(?:\.\d{1,9})?$/.test(found) ? Number(found) : undefined
}
