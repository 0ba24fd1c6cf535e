import type { Losses } from "../form/losses.ts"
import { isList, type Json, type JsonObject, listOf, objectOf } from "../json.ts"
import { camelOf } from "./member.ts"

/** Deeper schemas are passed as they are. */
const MOST_LEVELS = 64

/** What `Schema` of the API has (https://ai.google.dev/api/caching#Schema) that means the same in JSON Schema. */
const IN_SCHEMA: ReadonlySet<string> = new Set([
  "type",
  "format",
  "title",
  "description",
  "enum",
  "items",
  "maxItems",
  "minItems",
  "properties",
  "required",
  "propertyOrdering",
  "minProperties",
  "maxProperties",
  "minLength",
  "maxLength",
  "pattern",
  "minimum",
  "maximum",
  "anyOf",
  "default",
])

/** What the API takes of JSON Schema where it takes that (https://ai.google.dev/api/generate-content, `responseJsonSchema`). */
const IN_JSON_SCHEMA: ReadonlySet<string> = new Set([
  ...IN_SCHEMA,
  "$id",
  "$defs",
  "$ref",
  "$anchor",
  "prefixItems",
  "oneOf",
  "additionalProperties",
])
/** Formats that `Schema` takes; others are refused there. */
const FORMATS: ReadonlySet<string> = new Set(["float", "double", "int32", "int64", "enum", "date-time", "byte"])
const COUNTS: ReadonlySet<string> = new Set([
  "maxItems",
  "minItems",
  "minProperties",
  "maxProperties",
  "minLength",
  "maxLength",
])
const SCHEMAS = ["items", "additionalProperties"] as const
const LISTS = ["anyOf", "oneOf", "prefixItems"] as const
const MAPS = ["properties", "$defs"] as const

/** As the API's own `Schema`; undefined where that cannot say it. */
export function writeSchema(schema: JsonObject, level = 0): JsonObject | undefined {
  if (level > MOST_LEVELS) return undefined
  const types = isList(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type]
  const known = types.filter((it) => it !== "null")
  const [type] = known
  if (known.length > 1 || (type !== undefined && typeof type !== "string")) return undefined
  // The API refuses objects without properties here.
  if (type === "object" && Object.keys(objectOf(schema.properties) ?? {}).length === 0) return undefined
  const written: Record<string, Json> = {}
  if (type !== undefined) written.type = type.toUpperCase()
  if (known.length < types.length) written.nullable = true
  for (const [name, value] of Object.entries(schema)) {
    if (name === "type" || name === "$schema" || value === undefined) continue
    const mapped = IN_SCHEMA.has(name) ? writeKeyword(name, value, level) : undefined
    if (mapped === undefined) return undefined
    written[name] = mapped
  }
  return written
}

function writeKeyword(name: string, value: Json, level: number): Json | undefined {
  switch (name) {
    case "format":
      return typeof value === "string" && FORMATS.has(value) ? value : undefined
    case "enum":
      return isList(value) && value.every((it) => typeof it === "string") ? value : undefined
    case "items":
      return writeInside(value, level)
    case "anyOf": {
      const written = listOf(value).map((it) => writeInside(it, level))
      return written.every((it) => it !== undefined) ? written : undefined
    }
    case "properties": {
      const written: [string, Json][] = []
      for (const [property, it] of Object.entries(objectOf(value) ?? {})) {
        const inside = writeInside(it, level)
        if (inside === undefined) return undefined
        written.push([property, inside])
      }
      return Object.fromEntries(written)
    }
    default:
      return COUNTS.has(name) && typeof value === "number" ? String(value) : value
  }
}

function writeInside(value: Json | undefined, level: number): JsonObject | undefined {
  const schema = objectOf(value)
  return schema === undefined ? undefined : writeSchema(schema, level + 1)
}

/** As JSON Schema, without what the API does not take; that is named. `$schema` only says what it is. */
export function prunedJsonSchema(schema: JsonObject, losses: Losses, level = 0): JsonObject {
  const written: Record<string, Json> = {}
  for (const [name, value] of Object.entries(schema)) {
    if (value === undefined || name === "$schema") continue
    if (IN_JSON_SCHEMA.has(name) && level <= MOST_LEVELS) written[name] = prunedInside(name, value, losses, level + 1)
    else if (name === "const") written.enum = [value]
    else losses.drop(`schema.${name}`, "Gemini takes a part of JSON Schema alone")
  }
  return written
}

function prunedInside(name: string, value: Json, losses: Losses, level: number): Json {
  const inside = (it: Json): Json => {
    const schema = objectOf(it)
    return schema === undefined ? it : prunedJsonSchema(schema, losses, level)
  }
  if (SCHEMAS.some((it) => it === name)) return inside(value)
  if (LISTS.some((it) => it === name)) return listOf(value).map(inside)
  if (!MAPS.some((it) => it === name)) return value
  return Object.fromEntries(
    Object.entries(objectOf(value) ?? {}).map(([key, it]) => [key, it === undefined ? {} : inside(it)]),
  )
}

/** The API's `Schema` as JSON Schema: types in small letters, counts as numbers, null as a type. */
export function readSchema(schema: JsonObject, level = 0): JsonObject {
  const written: Record<string, Json> = {}
  const inside = (it: Json | undefined): Json => {
    const found = objectOf(it)
    return found === undefined || level > MOST_LEVELS ? (it ?? null) : readSchema(found, level + 1)
  }
  for (const [told, value] of Object.entries(schema)) {
    const name = camelOf(told)
    if (value === undefined || name === "nullable") continue
    if (name === "type") written.type = typeof value === "string" ? readType(value, schema.nullable === true) : value
    else if (name === "items") written.items = inside(value)
    else if (name === "anyOf") written.anyOf = listOf(value).map(inside)
    else if (name === "properties")
      written.properties = Object.fromEntries(
        Object.entries(objectOf(value) ?? {}).map(([key, it]) => [key, inside(it)]),
      )
    else if (name === "example") written.examples = [value]
    else written[name] = COUNTS.has(name) && typeof value === "string" ? Number(value) : value
  }
  return written
}

const readType = (type: string, nullable: boolean): Json =>
  nullable ? [type.toLowerCase(), "null"] : type.toLowerCase()
