import { isArray, isObject, type Json, type JsonObject, own, textAt } from "./json.ts"

/** Deeper than any schema people write. */
const DEEPEST = 64
const LOCAL = /^#\/components\/([^/]+)\/(.+)$/

/** What a reference inside the document points to; undefined where it points nowhere, or out of the document. */
export function resolved(document: JsonObject, value: Json | undefined, depth = 0): JsonObject | undefined {
  if (!isObject(value)) return undefined
  const ref = textAt(value, "$ref")
  if (ref === undefined) return value
  if (!ref.startsWith("#/") || depth > DEEPEST) return undefined
  let at: Json | undefined = document
  for (const part of ref.slice(2).split("/"))
    at = isObject(at) ? own(at, decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")) : undefined
  return resolved(document, at, depth + 1)
}

/**
 * Schemas of one OpenAPI document as JSON Schema 2020-12 that stands alone: references become references into `$defs`, and
 * what OpenAPI 3.0 says in its own way (`nullable`, exclusive bounds) is said in the standard's.
 */
export class AloneSchema {
  readonly defs = new Map<string, Json>()
  readonly #document: JsonObject

  constructor(document: JsonObject) {
    this.#document = document
  }

  of(schema: Json | undefined, depth = 0): Json {
    if (!isObject(schema)) return typeof schema === "boolean" ? schema : {}
    if (depth > DEEPEST) return {}
    const ref = textAt(schema, "$ref")
    if (ref !== undefined) return this.#reference(ref, depth)
    const changed: Record<string, Json> = {}
    for (const [name, value] of Object.entries(schema)) {
      if (value === undefined || SKIPPED.has(name)) continue
      changed[name] = MAPS.has(name)
        ? this.#mapped(value, depth)
        : VALUES.has(name)
          ? value
          : this.#inside(value, depth)
    }
    return standard(changed, schema)
  }

  /** `$defs` for a schema that refers to them; nothing where none does. */
  definitions(): JsonObject {
    return this.defs.size === 0 ? {} : { $defs: Object.fromEntries(this.defs) }
  }

  #reference(ref: string, depth: number): Json {
    const [, , name] = LOCAL.exec(ref) ?? []
    const target = resolved(this.#document, { $ref: ref })
    if (name === undefined || target === undefined) return {}
    const plain = name.replaceAll("~1", "_").replace(/[^A-Za-z0-9_.-]/g, "_")
    if (!this.defs.has(plain)) {
      // In its place before it is made: a schema may refer to itself.
      this.defs.set(plain, {})
      this.defs.set(plain, this.of(target, depth + 1))
    }
    return { $ref: `#/$defs/${plain}` }
  }

  #mapped(value: Json, depth: number): Json {
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, this.of(it, depth + 1)]))
  }

  #inside(value: Json, depth: number): Json {
    if (isArray(value)) return value.map((it) => (isObject(it) ? this.of(it, depth + 1) : it))
    return isObject(value) ? this.of(value, depth + 1) : value
  }
}

/** Members that hold schemas by name. */
const MAPS: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
])
/** Members that hold values and no schemas. */
const VALUES: ReadonlySet<string> = new Set(["enum", "const", "default", "examples", "required", "type"])
/** What only OpenAPI reads. */
const SKIPPED: ReadonlySet<string> = new Set(["nullable", "example", "xml", "externalDocs", "discriminator"])

function standard(changed: Record<string, Json>, { nullable }: JsonObject): Json {
  for (const [exclusive, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof changed[exclusive] !== "boolean") continue
    const limit = changed[bound]
    const isExclusive = changed[exclusive]
    delete changed[exclusive]
    if (!isExclusive || limit === undefined) continue
    delete changed[bound]
    changed[exclusive] = limit
  }
  if (nullable !== true) return changed
  const { type } = changed
  if (typeof type !== "string") return { anyOf: [changed, { type: "null" }] }
  const members = isArray(changed.enum) ? { enum: [...changed.enum, null] } : {}
  return { ...changed, type: [type, "null"], ...members }
}
