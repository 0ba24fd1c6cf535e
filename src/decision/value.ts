/** What a fact may be. Only JSON, so that a decision can be stored, sent and decided again as it was. */
export type Value = string | number | boolean | null | readonly string[]

/** Read when a fact cannot be known: absent from a simulation, or its source is unreachable. */
export const UNKNOWN: unique symbol = Symbol("unknown")
export type Unknown = typeof UNKNOWN

export type NonEmpty<T> = readonly [T, ...T[]]

/** `map` that does not forget that there is one. */
export function each<T, U>(items: NonEmpty<T>, to: (item: T) => U): NonEmpty<U> {
  const [first] = items
  const all: [U, ...U[]] = [to(first)]
  for (const it of items.slice(1)) all.push(to(it))
  return all
}

/** Equality of values; lists are equal when they hold the same strings in the same order. */
export function same(a: Value | Unknown, b: Value | Unknown): boolean {
  if (!isList(a) || !isList(b)) return a === b
  return a.length === b.length && a.every((it, i) => it === b[i])
}

export const isList = (value: unknown): value is readonly string[] => Array.isArray(value)

/** A value as a sentence may hold it: strings in quotation marks, lists with commas, nothing said as nothing. */
export function show(value: Value): string {
  if (isList(value)) return value.length === 0 ? "nothing" : value.join(", ")
  return value === null ? "nothing" : typeof value === "string" ? `"${value}"` : String(value)
}
