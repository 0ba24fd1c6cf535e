/** A JSON value (RFC 8259); members that are absent read as undefined. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json | undefined
}

/** @throws SyntaxError */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text)
  return value
}

/** Undefined where the text is no JSON object, for answers, whose faults are told as a whole. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    return objectOf(parseJson(text))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

// For answers of providers, which are read tolerantly: what is of another type reads as absent.
export const objectOf = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined)
export const textOf = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined)
export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined
const NOTHING: readonly Json[] = Object.freeze([])
/** The members of an array; none where it is no array. */
export const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : NOTHING)
/** `Array.isArray` does not narrow readonly arrays. */
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
