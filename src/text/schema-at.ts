import type { z } from "zod"
import { nouns } from "./noun.ts"
import type { Path } from "./path.ts"
import { valueAt } from "./value-at.ts"

export type Schema = z.core.$ZodType
export type Definition = z.core.$ZodTypes["_zod"]["def"]

/** What a schema is made of. */
export function definitionOf(schema: Schema): Definition {
  // Every schema that zod makes is one of these; only schemas of one's own making are not, and we have none.
  return (schema as z.core.$ZodTypes)._zod.def
}

/** Without what changes nothing about the form of a value; down to where a schema has a name of its own. */
function peeled(schema: Schema): Schema {
  if (nouns.get(schema) !== undefined) return schema
  const definition = definitionOf(schema)
  switch (definition.type) {
    case "optional":
    case "nullable":
    case "nonoptional":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
      return peeled(definition.innerType)
    case "lazy":
      return peeled(definition.getter())
    case "pipe":
      // A transform first is `z.preprocess`, which takes anything: what comes after it says more.
      return peeled(definitionOf(definition.in).type === "transform" ? definition.out : definition.in)
    default:
      return schema
  }
}

/** The same with each branch of a union for itself. */
export function branchesOf(schema: Schema): readonly Schema[] {
  const bare = peeled(schema)
  const definition = definitionOf(bare)
  if (nouns.get(bare) !== undefined) return [bare]
  if (definition.type === "union") return definition.options.flatMap(branchesOf)
  if (definition.type === "intersection") return [definition.left, definition.right].flatMap(branchesOf)
  return [bare]
}

/** All that may say what stands at `path` below `value`: several where a union is on the way. */
export function schemasAt(schemas: readonly Schema[], value: unknown, path: Path): readonly Schema[] {
  let found = schemas
  for (const [at, part] of path.entries())
    found = branchesFor(found, valueAt(value, path.slice(0, at))).flatMap((it) => within(it, part))
  return found.map(peeled)
}

/** The branches of unions that a value may be meant as: none whose constants (`type: …`) it contradicts. */
function branchesFor(schemas: readonly Schema[], value: unknown): readonly Schema[] {
  const branches = schemas.flatMap(branchesOf)
  const meant = branches.filter((it) => !contradicts(it, value))
  return meant.length === 0 ? branches : meant
}

function contradicts(schema: Schema, value: unknown): boolean {
  const definition = definitionOf(schema)
  if (definition.type !== "object") return false
  return Object.entries(definition.shape).some(([name, { _zod }]) => {
    const written = valueAt(value, [name])
    return written !== undefined && _zod.values?.size === 1 && !Array.from<unknown>(_zod.values).includes(written)
  })
}

function within(schema: Schema, part: string | number): readonly Schema[] {
  const definition = definitionOf(schema)
  switch (definition.type) {
    case "object": {
      const own = Object.hasOwn(definition.shape, part) ? definition.shape[part] : definition.catchall
      return own === undefined ? [] : [own]
    }
    case "record":
      return [definition.valueType]
    case "array":
      return [definition.element]
    case "tuple": {
      const item = definition.items[Number(part)] ?? definition.rest
      return item === null ? [] : [item]
    }
    default:
      return []
  }
}

/** The keys that may stand in a map; none for one that takes any. */
export function keysAllowed(schemas: readonly Schema[], value: unknown): readonly string[] {
  const keys = branchesFor(schemas, value).flatMap((schema) => {
    const definition = definitionOf(schema)
    if (definition.type === "object") return Object.keys(definition.shape)
    const named = definition.type === "record" ? definitionOf(definition.keyType) : undefined
    return named?.type === "enum" ? Object.values(named.entries).map(String) : []
  })
  return [...new Set(keys)]
}
