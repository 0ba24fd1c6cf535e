/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json | undefined
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isArray = (value: unknown): value is readonly Json[] => Array.isArray(value)

export const objectAt = (of: JsonObject, name: string): JsonObject | undefined => {
  const value = own(of, name)
  return isObject(value) ? value : undefined
}

export const textAt = (of: JsonObject, name: string): string | undefined => {
  const value = own(of, name)
  return typeof value === "string" ? value : undefined
}

export const listAt = (of: JsonObject, name: string): readonly Json[] => {
  const value = own(of, name)
  return isArray(value) ? value : []
}

/** Never a member every object has, such as `constructor`. */
export const own = (of: JsonObject, name: string): Json | undefined => (Object.hasOwn(of, name) ? of[name] : undefined)

/** Undefined for text that is no JSON, or is nested deeper than can be read. */
export function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const strict = new TextDecoder("utf-8", { fatal: true })

/** As `readJson`, of bytes; also undefined where they are not UTF-8. */
export function readJsonBytes(bytes: Uint8Array): Json | undefined {
  try {
    return JSON.parse(strict.decode(bytes))
  } catch {
    return undefined
  }
}
