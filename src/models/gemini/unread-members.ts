import type { Losses } from "../form/losses.ts"
import type { Place } from "../form/place.ts"
import { type Json, type JsonObject, objectOf } from "../json.ts"
import type { WireFormat } from "../wire-format.ts"

/** Members of a request that the form has no place for, by their path; what becomes of its `extras`. */
export class UnreadMembers {
  readonly #members: [path: string, value: Json][] = []
  readonly #format: WireFormat

  constructor(format: WireFormat) {
    this.#format = format
  }

  keep(path: string, value: Json | undefined): void {
    if (value !== undefined && value !== null) this.#members.push([path, value])
  }

  /** All members of an object but those that were read. */
  keepBut(place: Place, read: ReadonlySet<string>): void {
    if (place.isAbsent) return
    for (const [name, value] of Object.entries(place.object()))
      if (!read.has(name)) this.keep(place.path === "" ? name : `${place.path}.${name}`, value)
  }

  /** Always there, so that a writer of the same format knows where the request came from. */
  get extras(): { readonly format: WireFormat; readonly members: JsonObject } {
    return { format: this.#format, members: Object.fromEntries(this.#members) }
  }
}

/**
 * Puts unread members back where they stood. Those inside lists are named as lost, as a list may have changed since.
 * `nested`: the objects at the top whose members have been kept one by one.
 */
export function withUnread(
  body: JsonObject,
  members: JsonObject,
  nested: readonly string[],
  losses: Losses,
): JsonObject {
  let written = body
  for (const [path, value] of Object.entries(members)) {
    const names = path.split(".")
    const isInside = names.length > 1 && names[0] !== undefined && nested.includes(names[0])
    if (path.includes("[") && path.includes("]."))
      losses.drop(path, "its place in the list is not kept when a request is rewritten")
    else written = withMember(written, isInside ? names : [path], value)
  }
  return written
}

function withMember(object: JsonObject, [name, ...rest]: readonly string[], value: Json | undefined): JsonObject {
  if (name === undefined) return object
  return { ...object, [name]: rest.length === 0 ? value : withMember(objectOf(object[name]) ?? {}, rest, value) }
}
