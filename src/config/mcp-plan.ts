import type { Origin } from "../http/client.ts"
import type { NamedServer } from "../mcp/names.ts"

/** A server of the Model Context Protocol behind the gateway, or a service whose operations are offered as tools. */
export type McpServerPlan = NamedServer &
  (
    | {
        readonly kind: "stdio"
        readonly command: readonly string[]
        readonly env: Readonly<Record<string, string>>
        readonly cwd: string | undefined
      }
    | {
        readonly kind: "http"
        readonly origin: Origin
        /** With its query. */
        readonly path: string
        /** Sent with each request; may hold secrets. */
        readonly headers: Readonly<Record<string, string>>
      }
    | {
        readonly kind: "openapi"
        readonly origin: Origin
        /** Without a slash at its end. */
        readonly basePath: string
        readonly headers: Readonly<Record<string, string>>
        /** The document's path. */
        readonly file: string
      }
  )

/** The endpoint and what stands behind it. Times in milliseconds, sizes in bytes. */
export interface McpPlan {
  readonly servers: readonly McpServerPlan[]
  /** Patterns of what needs no key. */
  readonly tools: readonly string[]
  /** Origins whose pages may ask, beside the gateway's own; `*` for all. */
  readonly origins: readonly string[]
  readonly message: number
  readonly timeout: number
  readonly session: number
  readonly sessions: number
}
