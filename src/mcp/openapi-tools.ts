import { isObject, type Json, type JsonObject, listAt, objectAt, own, textAt } from "./json.ts"
import type { BodyType, Operation, OperationParameter, OperationTool } from "./openapi-operation.ts"
import { AloneSchema, resolved } from "./openapi-schema.ts"

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const
const BODY_TYPES: readonly BodyType[] = ["application/json", "application/x-www-form-urlencoded", "text/plain"]
/** Header parameters of these names are ignored (OpenAPI 3.1, Parameter Object), as the request has its own. */
const RESERVED: ReadonlySet<string> = new Set([
  "accept",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "cookie",
  "host",
  "transfer-encoding",
])
/** More operations than anyone would offer to a model. */
const MOST = 2000
const LONGEST_NAME = 64

/** Tools for the operations of a document, by name, or what is wrong with the document. */
export function openApiTools(
  document: Json | undefined,
): ReadonlyMap<string, OperationTool> | { readonly fault: string } {
  if (!isObject(document)) return { fault: "no JSON or YAML object" }
  const version = textAt(document, "openapi")
  if (version === undefined || !/^3\.[012]\./.test(`${version}.`))
    return { fault: `no OpenAPI 3 document: "openapi" is ${JSON.stringify(version ?? null)}` }
  const tools = new Map<string, OperationTool>()
  for (const [path, written] of Object.entries(objectAt(document, "paths") ?? {})) {
    const item = resolved(document, written)
    if (item === undefined || !path.startsWith("/")) continue
    for (const method of METHODS) {
      const operation = objectAt(item, method)
      if (operation === undefined || tools.size >= MOST) continue
      const made = toolOf(document, path, method, item, operation)
      if (made === undefined) continue
      const name = unused(nameOf(operation, method, path), tools)
      tools.set(name, { ...made, tool: { name, ...made.tool } })
    }
  }
  return tools
}

/** Undefined for an operation whose body cannot be written. */
function toolOf(
  document: JsonObject,
  path: string,
  method: string,
  item: JsonObject,
  operation: JsonObject,
): OperationTool | undefined {
  const schemas = new AloneSchema(document)
  const parameters: OperationParameter[] = []
  const properties: Record<string, Json> = {}
  for (const parameter of parametersOf(document, item, operation)) {
    const read = parameterOf(parameter, properties)
    if (read === undefined) continue
    parameters.push(read)
    properties[read.argument] = described(schemas.of(schemaOf(parameter)), parameter)
  }
  const body = bodyOf(document, operation)
  if (body === "unwritable") return undefined
  if (body !== undefined) properties.body = described(schemas.of(body.schema), body.described)
  const required = [
    ...parameters.filter((it) => it.required).map(({ argument }) => argument),
    ...(body?.required === true ? ["body"] : []),
  ]
  const inputSchema = {
    type: "object",
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...schemas.definitions(),
  }
  const text = [textAt(operation, "summary"), textAt(operation, "description")].filter((it) => it !== undefined)
  return {
    tool: {
      description: text.length === 0 ? `${method.toUpperCase()} ${path}` : text.join("\n\n"),
      inputSchema,
      annotations: annotationsOf(method),
    },
    operation: {
      method: method.toUpperCase(),
      path,
      parameters,
      body: body === undefined ? undefined : { type: body.type, required: body.required },
    } satisfies Operation,
  }
}

/** Those of the operation come in the place of those of its path. */
function parametersOf(document: JsonObject, item: JsonObject, operation: JsonObject): readonly JsonObject[] {
  const found = new Map<string, JsonObject>()
  for (const written of [...listAt(item, "parameters"), ...listAt(operation, "parameters")]) {
    const parameter = resolved(document, written)
    if (parameter !== undefined) found.set(`${textAt(parameter, "in")} ${textAt(parameter, "name")}`, parameter)
  }
  return [...found.values()]
}

function parameterOf(parameter: JsonObject, taken: Readonly<Record<string, Json>>): OperationParameter | undefined {
  const name = textAt(parameter, "name")
  const place = textAt(parameter, "in")
  if (name === undefined || (place !== "path" && place !== "query" && place !== "header" && place !== "cookie"))
    return undefined
  if (place === "header" && (RESERVED.has(name.toLowerCase()) || !/^[A-Za-z0-9-]+$/.test(name))) return undefined
  const style = textAt(parameter, "style") ?? (place === "query" || place === "cookie" ? "form" : "simple")
  const explode = own(parameter, "explode")
  const argument = Object.hasOwn(taken, name) || name === "body" ? `${place}_${name}` : name
  return {
    argument,
    name,
    in: place,
    explode: typeof explode === "boolean" ? explode : style === "form",
    isDeep: style === "deepObject",
    required: place === "path" || own(parameter, "required") === true,
  }
}

function schemaOf(parameter: JsonObject): Json | undefined {
  const schema = own(parameter, "schema")
  if (schema !== undefined) return schema
  const [content] = Object.values(objectAt(parameter, "content") ?? {})
  return isObject(content) ? own(content, "schema") : undefined
}

/** What the parameter says of itself, where its schema does not. */
function described(schema: Json, of: JsonObject): Json {
  const text = textAt(of, "description")
  return isObject(schema) && text !== undefined && own(schema, "description") === undefined
    ? { ...schema, description: text }
    : schema
}

function bodyOf(document: JsonObject, operation: JsonObject) {
  const body = resolved(document, own(operation, "requestBody"))
  if (body === undefined) return undefined
  const content = objectAt(body, "content") ?? {}
  const plain = new Map(
    Object.entries(content).map(([type, it]) => [type.split(";")[0]?.trim().toLowerCase() ?? "", it]),
  )
  const type = BODY_TYPES.find((it) => plain.has(it))
  const required = own(body, "required") === true
  if (type === undefined) return required ? ("unwritable" as const) : undefined
  const media = plain.get(type)
  return { type, required, schema: isObject(media) ? own(media, "schema") : undefined, described: body }
}

/** What RFC 9110 §9.2 says of the methods. */
const annotationsOf = (method: string): JsonObject => ({
  readOnlyHint: method === "get" || method === "head" || method === "options" || method === "trace",
  destructiveHint: method === "delete" || method === "put" || method === "patch",
  idempotentHint: method !== "post" && method !== "patch",
  openWorldHint: true,
})

function nameOf(operation: JsonObject, method: string, path: string): string {
  const parts = path
    .replace(/[{}]/g, "")
    .split("/")
    .filter((it) => it !== "")
  const written = textAt(operation, "operationId") ?? [method, ...parts].join("_")
  const name = written.replace(/[^A-Za-z0-9_.-]+/g, "_").replace(/^_+|_+$/g, "")
  return (name === "" ? method : name).slice(0, LONGEST_NAME)
}

function unused(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${name.slice(0, LONGEST_NAME - 5)}_${i}`
  return free
}
