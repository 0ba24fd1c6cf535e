import { nouns } from "./noun.ts"
import { branchesOf, definitionOf, type Schema } from "./schema-at.ts"

/** What the schemas ask for, in words: `a list of strings`, `one of "a", "b"`. */
export function asked(schemas: readonly Schema[]): string {
  const words = schemas.flatMap(branchesOf).map(askedByOne)
  return [...new Set(words)].join(" or ") || "another value"
}

function askedByOne(schema: Schema): string {
  const named = nouns.get(schema)
  if (named !== undefined) return named.expected
  const definition = definitionOf(schema)
  switch (definition.type) {
    case "string":
      return "a string"
    case "number":
      return isWhole(definition) ? "a whole number" : "a number"
    case "boolean":
      return "true or false"
    case "null":
      return "nothing"
    case "enum":
      return choices(Object.values(definition.entries))
    case "literal":
      return choices(definition.values)
    case "array":
      return listOf(definition.element)
    case "tuple":
      return `a list of ${definition.items.length} values`
    case "object":
      return mapWith(Object.keys(definition.shape))
    case "record":
      return "a map"
    default:
      return "another value"
  }
}

const isWhole = (definition: object): boolean => "format" in definition && definition.format === "safeint"

/** `"a"` for one, `one of "a", "b"` for several. */
export function choices(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value)))
  return words.length === 1 ? words.join("") : `one of ${words.join(", ")}`
}

function listOf(element: Schema): string {
  const [one, ...others] = branchesOf(element)
  const kind =
    one !== undefined && others.length === 0 && nouns.get(one) === undefined ? definitionOf(one).type : undefined
  if (kind === "string") return "a list of strings"
  if (kind === "number") return "a list of numbers"
  if (kind === "object" || kind === "record") return "a list of maps"
  return kind === "array" ? "a list of lists" : `a list, each entry ${asked([element])}`
}

const MOST_KEYS = 8

function mapWith(keys: readonly string[]): string {
  if (keys.length === 0) return "a map"
  const more = keys.length > MOST_KEYS ? ", …" : ""
  return `a map with ${keys.length === 1 ? "the key" : "keys such as"} ${keys.slice(0, MOST_KEYS).join(", ")}${more}`
}

/** What kind of value was written; never the value. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing"
  if (Array.isArray(value)) return "a list"
  switch (typeof value) {
    case "string":
      return "a string"
    case "number":
      return "a number"
    case "boolean":
      return String(value)
    default:
      return "a map"
  }
}
