import { fromField, toField } from "./field-value.ts"
import { isObject, type Json, type JsonObject, objectAt, own, textAt } from "./json.ts"

/** A parameter that stands in a header field too (specification 2026-07-28, Streamable HTTP, Custom Headers). */
interface Mirrored {
  /** In lower case: `mcp-param-region`. */
  readonly field: string
  readonly path: readonly string[]
}

/** Deeper than any schema people write; one that refers to itself ends here. */
const DEEPEST = 32

/** The parameters of a tool that stand in fields, in the order of its schema. */
function mirrored(tool: JsonObject): readonly Mirrored[] {
  const schema = objectAt(tool, "inputSchema")
  return schema === undefined ? [] : [...within(schema, [])]
}

function* within(schema: JsonObject, path: readonly string[]): Generator<Mirrored> {
  if (path.length > DEEPEST) return
  for (const [name, property] of Object.entries(objectAt(schema, "properties") ?? {})) {
    if (!isObject(property)) continue
    const field = textAt(property, "x-mcp-header")
    if (field !== undefined && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(field))
      yield { field: `mcp-param-${field.toLowerCase()}`, path: [...path, name] }
    yield* within(property, [...path, name])
  }
}

/** The fields that go with a call. */
export function paramFields(tool: JsonObject, given: JsonObject): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const { field, path } of mirrored(tool)) {
    const value = valueAt(given, path)
    if (value !== undefined) fields.set(field, toField(String(value)))
  }
  return fields
}

/** What is wrong with the fields of a call; undefined where nothing is. Names fields, and quotes no value. */
export function paramMismatch(
  tool: JsonObject,
  given: JsonObject,
  field: (name: string) => string | undefined,
): string | undefined {
  for (const { field: name, path } of mirrored(tool)) {
    const value = valueAt(given, path)
    const sent = field(name)
    if (value === undefined) {
      if (sent !== undefined) return `${name} is sent, and the body has no ${path.join(".")}`
      continue
    }
    if (sent === undefined) return `${name} is missing`
    const decoded = fromField(sent)
    if (decoded === undefined) return `${name} claims to be Base64 and is not`
    const isSame = typeof value === "number" ? Number(decoded) === value && decoded !== "" : decoded === String(value)
    if (!isSame) return `${name} is not the body's ${path.join(".")}`
  }
  return undefined
}

function valueAt(given: JsonObject, path: readonly string[]): string | number | boolean | undefined {
  let at: Json | undefined = given
  for (const name of path) at = isObject(at) ? own(at, name) : undefined
  return typeof at === "string" || typeof at === "number" || typeof at === "boolean" ? at : undefined
}
