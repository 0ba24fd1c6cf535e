import type { JsonObject } from "./json.ts"

/** Where a parameter stands in the request, and how its value is written there (OpenAPI 3.1, Parameter Object). */
export interface OperationParameter {
  /** As the tool's caller names it. */
  readonly argument: string
  readonly name: string
  readonly in: "path" | "query" | "header" | "cookie"
  readonly explode: boolean
  /** Objects as `name[member]=value`. */
  readonly isDeep: boolean
  readonly required: boolean
}

export type BodyType = "application/json" | "application/x-www-form-urlencoded" | "text/plain"

/** One operation of a service, as a request to it is made. */
export interface Operation {
  readonly method: string
  /** With `{name}` for its parameters. */
  readonly path: string
  readonly parameters: readonly OperationParameter[]
  /** Undefined for operations without a body. */
  readonly body: { readonly type: BodyType; readonly required: boolean } | undefined
}

/** An operation with the tool it is offered as. */
export interface OperationTool {
  readonly tool: JsonObject
  readonly operation: Operation
}
