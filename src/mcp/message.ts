import { isObject, type Json, type JsonObject, own } from "./json.ts"

/** Of MCP, never null (specification 2026-07-28, Overview, Requests). */
export type RequestId = string | number

export interface RpcRequest {
  readonly kind: "request"
  readonly id: RequestId
  readonly method: string
  readonly params: JsonObject
}
export interface RpcNotification {
  readonly kind: "notification"
  readonly method: string
  readonly params: JsonObject
}
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: Json | undefined
}
/** What a request came to. */
export type Outcome =
  | { readonly kind: "result"; readonly result: JsonObject }
  | { readonly kind: "error"; readonly error: RpcError }
export interface RpcResponse {
  readonly kind: "response"
  /** Null where the other side could not read the request's. */
  readonly id: RequestId | null
  readonly outcome: Outcome
}
export type Message = RpcRequest | RpcNotification | RpcResponse

/** Text that is no message; `seen` quotes nothing of it. */
export interface Unreadable {
  readonly kind: "unreadable"
  readonly seen: string
  /** Whether it is JSON at all: JSON-RPC has one error for each. */
  readonly isJson: boolean
}

const unreadable = (seen: string): Unreadable => ({ kind: "unreadable", seen, isJson: true })

/** JSON-RPC 2.0 as MCP uses it: no batches, no null ids, parameters by name. */
export function readMessage(value: Json | undefined): Message | Unreadable {
  if (value === undefined) return { kind: "unreadable", seen: "not JSON in UTF-8", isJson: false }
  if (Array.isArray(value)) return unreadable("a batch, which MCP has none of")
  if (!isObject(value)) return unreadable("JSON, and no object")
  if (own(value, "jsonrpc") !== "2.0") return unreadable('an object without "jsonrpc": "2.0"')
  const id = own(value, "id")
  if (id !== undefined && id !== null && !isId(id)) return unreadable("an id that is neither text nor a whole number")
  const method = own(value, "method")
  if (method === undefined) return response(value, id)
  if (typeof method !== "string") return unreadable("a method that is no text")
  const params = own(value, "params") ?? {}
  if (!isObject(params)) return unreadable("parameters that are no object")
  if (id === null) return unreadable("a request with the id null")
  return id === undefined ? { kind: "notification", method, params } : { kind: "request", id, method, params }
}

function response(value: JsonObject, id: RequestId | null | undefined): RpcResponse | Unreadable {
  const result = own(value, "result")
  const error = own(value, "error")
  if (isObject(error)) {
    const code = own(error, "code")
    const message = own(error, "message")
    if (typeof code !== "number" || typeof message !== "string") return unreadable("an error without code and message")
    const data = own(error, "data")
    const outcome = { kind: "error", error: data === undefined ? { code, message } : { code, message, data } } as const
    return { kind: "response", id: id ?? null, outcome }
  }
  if (id === undefined || id === null) return unreadable("neither a request nor a response")
  return isObject(result)
    ? { kind: "response", id, outcome: { kind: "result", result } }
    : unreadable("a response with neither a result nor an error")
}

const isId = (value: Json): value is RequestId =>
  typeof value === "string" || (typeof value === "number" && Number.isInteger(value))

export const requestText = (id: RequestId, method: string, params: JsonObject): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params })

export const notificationText = (method: string, params: JsonObject): string =>
  JSON.stringify(Object.keys(params).length === 0 ? { jsonrpc: "2.0", method } : { jsonrpc: "2.0", method, params })

export const responseText = (id: RequestId, outcome: Outcome): string =>
  JSON.stringify(
    outcome.kind === "result"
      ? { jsonrpc: "2.0", id, result: outcome.result }
      : { jsonrpc: "2.0", id, error: outcome.error },
  )

/** Codes of JSON-RPC 2.0 §5.1 and of MCP (specification 2026-07-28, Overview, Error Codes). */
export const RPC = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  headerMismatch: -32020,
  missingCapability: -32021,
  unsupportedVersion: -32022,
} as const

export const failure = (code: number, message: string, data?: JsonObject): Outcome => ({
  kind: "error",
  error: data === undefined ? { code, message } : { code, message, data },
})

export const success = (result: JsonObject): Outcome => ({ kind: "result", result })
