import { type CredentialPlace, type Identity, placeName } from "../facts/world.ts"
import type { Fields } from "../http/fields.ts"
import type { KeyDirectory } from "../ports/keys.ts"

const NONE: Identity = Object.freeze({ kind: "none" })

/** The first credential found in the places, in their order, and whose it is. */
export function identify(fields: Fields, places: readonly CredentialPlace[], keys: KeyDirectory): Identity {
  for (const place of places) {
    const secret = credentialAt(fields, place)
    if (secret === undefined) continue
    const key = keys.find(secret)
    return key === undefined
      ? { kind: "unknown", place: placeName(place) }
      : { kind: "known", place: placeName(place), key }
  }
  return NONE
}

/** The credential at a place; an empty one is none. */
function credentialAt(fields: Fields, place: CredentialPlace): string | undefined {
  const value = fields.get(fieldOf(place))
  if (value === undefined || value === "") return undefined
  if (place.kind === "header") return value
  // The scheme is case-insensitive (RFC 9110 §11.1).
  return value.length > 7 && value.slice(0, 7).toLowerCase() === "bearer " ? value.slice(7).trim() : undefined
}

const lower = new Map<string, string>()

/** The field a place is in, in lower case. */
export function fieldOf(place: CredentialPlace): string {
  if (place.kind === "bearer") return "authorization"
  const known = lower.get(place.name)
  if (known !== undefined) return known
  const name = place.name.toLowerCase()
  lower.set(place.name, name)
  return name
}
