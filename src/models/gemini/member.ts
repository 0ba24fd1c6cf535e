import type { Place } from "../form/place.ts"
import type { UnreadMembers } from "./unread-members.ts"

const SNAKES = new Map<string, string>()

/** `maxOutputTokens` as `max_output_tokens`. */
function snakeOf(name: string): string {
  const known = SNAKES.get(name)
  if (known !== undefined) return known
  const snake = name.replaceAll(/[A-Z]/g, (it) => `_${it.toLowerCase()}`)
  SNAKES.set(name, snake)
  return snake
}

/** A member by its camelCase name, however the caller wrote it. */
export function member(place: Place, name: string): Place {
  const found = place.at(name)
  if (!found.isAbsent) return found
  const snake = snakeOf(name)
  if (snake === name) return found
  const other = place.at(snake)
  return other.isAbsent ? found : other
}

/** Keeps all members but those read; they are kept as they were written, under `path`. */
export function keepOthers(place: Place, read: ReadonlySet<string>, unread: UnreadMembers, path = place.path): void {
  if (place.isAbsent) return
  for (const [written, value] of Object.entries(place.object())) {
    if (!read.has(camelOf(written))) unread.keep(path === "" ? written : `${path}.${written}`, value)
  }
}

/** `system_instruction` as `systemInstruction`. */
export const camelOf = (name: string): string =>
  name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The API's integers of 64 bits may come as texts (ProtoJSON). */
export function optionalNumber(place: Place): number | undefined {
  if (typeof place.value !== "string") return place.optionalNumber()
  const number = Number(place.value)
  if (place.value.trim() === "" || !Number.isFinite(number)) throw place.fault("a number")
  return number
}

/** A name of a closed set of the API, which takes either case. */
export const nameOf = (place: Place): string | undefined => place.optionalText()?.toUpperCase()
