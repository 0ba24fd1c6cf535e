/** A small value which matches a JSON schema (types, enum, const, properties, items, anyOf); names and ages are Ada's. */
export function sampleOf(schema: unknown, name = ""): unknown {
  if (!isRecord(schema)) return {}
  if ("const" in schema) return schema.const
  const options = schema.enum ?? schema.anyOf ?? schema.oneOf
  if (Array.isArray(options)) return schema.enum === undefined ? sampleOf(options[0], name) : options[0]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (String(type).toLowerCase()) {
    case "string":
      return name === "city" ? "Paris" : "Ada"
    case "integer":
    case "number":
      return 36
    case "boolean":
      return true
    case "null":
      return null
    case "array":
      return [sampleOf(schema.items)]
    default:
      return ofProperties(schema.properties)
  }
}

const ofProperties = (properties: unknown): unknown =>
  isRecord(properties)
    ? Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, sampleOf(schema, name)]))
    : {}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
