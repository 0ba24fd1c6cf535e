import { isArray, isObject, type Json, type JsonObject, own } from "./json.ts"
import type { Operation, OperationParameter } from "./openapi-operation.ts"

/** A request to the service, or why there is none. */
export type OperationRequest =
  | {
      readonly kind: "request"
      readonly method: string
      /** Path and query below the service's address. */
      readonly target: string
      readonly fields: readonly (readonly [string, string])[]
      /** Undefined for none. */
      readonly body: string | undefined
    }
  | { readonly kind: "refused"; readonly why: string }

const refused = (why: string): OperationRequest => ({ kind: "refused", why })

/** The request a call of the tool makes. Nothing of an argument can reach beyond its place: paths and fields are encoded. */
export function operationRequest(operation: Operation, given: JsonObject): OperationRequest {
  const known = new Set([...operation.parameters.map(({ argument }) => argument), ...(operation.body ? ["body"] : [])])
  const unknown = Object.keys(given).find((it) => !known.has(it))
  if (unknown !== undefined) return refused(`there is no argument "${unknown}"; there are ${[...known].join(", ")}`)
  let path = operation.path
  const query: string[] = []
  const fields: [string, string][] = []
  const cookies: string[] = []
  for (const parameter of operation.parameters) {
    const value = own(given, parameter.argument)
    if (value === undefined || value === null) {
      if (parameter.required) return refused(`the argument "${parameter.argument}" is missing`)
      continue
    }
    const text = listed(value)
    if (parameter.in === "path") {
      // A segment that is empty or made of dots would be another path.
      if (text === "" || /^\.{1,2}$/.test(text))
        return refused(`the argument "${parameter.argument}" is no path segment`)
      path = path.replaceAll(`{${parameter.name}}`, () => encoded(text))
    } else if (parameter.in === "query") query.push(...queryOf(parameter, value))
    else if (parameter.in === "cookie") cookies.push(`${encoded(parameter.name)}=${encoded(text)}`)
    else if (/^[\x20-\x7e]*$/.test(text)) fields.push([parameter.name, text.trim()])
    else return refused(`the argument "${parameter.argument}" cannot stand in a header field`)
  }
  if (path.includes("{")) return refused("the document gives no parameter for a part of the path")
  if (cookies.length > 0) fields.push(["Cookie", cookies.join("; ")])
  const body = own(given, "body")
  if (operation.body?.required === true && body === undefined) return refused('the argument "body" is missing')
  const text = operation.body === undefined || body === undefined ? undefined : bodyText(operation.body.type, body)
  if (text !== undefined && operation.body !== undefined) fields.push(["Content-Type", operation.body.type])
  return {
    kind: "request",
    method: operation.method,
    target: query.length === 0 ? path : `${path}?${query.join("&")}`,
    fields,
    body: text,
  }
}

function queryOf({ name, explode, isDeep }: OperationParameter, value: Json): readonly string[] {
  const pair = (key: string, it: Json): string => `${encoded(key)}=${encoded(plain(it))}`
  if (isArray(value))
    return explode
      ? value.map((it) => pair(name, it))
      : [`${encoded(name)}=${value.map((it) => encoded(plain(it))).join(",")}`]
  if (!isObject(value)) return [pair(name, value)]
  const members = Object.entries(value).filter(([, it]) => it !== undefined)
  if (isDeep) return members.map(([key, it]) => pair(`${name}[${key}]`, it ?? null))
  return explode ? members.map(([key, it]) => pair(key, it ?? null)) : [pair(name, listed(value))]
}

/** The style `simple`: values of lists and members of objects with commas. */
function listed(value: Json): string {
  if (isArray(value)) return value.map(plain).join(",")
  if (!isObject(value)) return plain(value)
  return Object.entries(value)
    .flatMap(([key, it]) => [key, plain(it ?? null)])
    .join(",")
}

const plain = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value))

function bodyText(type: string, body: Json): string {
  if (type === "application/json") return JSON.stringify(body)
  if (type === "text/plain" || !isObject(body)) return plain(body)
  const form = new URLSearchParams()
  for (const [key, value] of Object.entries(body))
    for (const it of isArray(value) ? value : [value ?? null]) form.append(key, plain(it))
  return form.toString()
}

/** Half a surrogate pair, which is no text, becomes the replacement character. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())
