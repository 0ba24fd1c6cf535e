import { isList, isObject, type Json, type JsonObject } from "../json.ts"
import { FormFault } from "./fault.ts"

/**
 * A value of a caller's request with the place it stands at, so that every fault can name the place. Null reads as absent, as
 * SDKs send it for options that are not set.
 */
export class Place {
  readonly value: Json | undefined
  /** As JavaScript would write it; empty for the whole body. */
  readonly path: string

  constructor(value: Json | undefined, path = "") {
    this.value = value === null ? undefined : value
    this.path = path
  }

  get isAbsent(): boolean {
    return this.value === undefined
  }

  /** The member of an object; absent where this is absent. @throws FormFault where this is no object. */
  at(name: string): Place {
    const inside = this.path === "" ? name : `${this.path}.${name}`
    return new Place(this.value === undefined ? undefined : this.object()[name], inside)
  }

  /** The items of an array; none where it is absent. @throws FormFault */
  items(): readonly Place[] {
    if (this.value === undefined) return []
    if (!isList(this.value)) throw this.fault("an array")
    return this.value.map((it, i) => new Place(it, `${this.path}[${i}]`))
  }

  /** @throws FormFault where it is absent or something else, as the other accessors do. */
  object(): JsonObject {
    if (!isObject(this.value)) throw this.fault("an object")
    return this.value
  }

  text(): string {
    if (typeof this.value !== "string") throw this.fault("a text")
    return this.value
  }

  number(): number {
    if (typeof this.value !== "number") throw this.fault("a number")
    return this.value
  }

  boolean(): boolean {
    if (typeof this.value !== "boolean") throw this.fault("true or false")
    return this.value
  }

  optionalObject(): JsonObject | undefined {
    return this.value === undefined ? undefined : this.object()
  }

  optionalText(): string | undefined {
    return this.value === undefined ? undefined : this.text()
  }

  optionalNumber(): number | undefined {
    return this.value === undefined ? undefined : this.number()
  }

  optionalBoolean(): boolean | undefined {
    return this.value === undefined ? undefined : this.boolean()
  }

  /** One of a closed set of texts. @throws FormFault naming them. */
  oneOf<const T extends string>(values: readonly T[]): T {
    const found = values.find((it) => it === this.value)
    if (found === undefined) throw this.fault(`one of ${values.map((it) => `"${it}"`).join(", ")}`)
    return found
  }

  fault(expected: string): FormFault {
    return new FormFault(this.path, expected)
  }
}
