import type { JsonObject } from "../../mcp/json.ts"
import { META, STATELESS } from "../../mcp/revision.ts"

const SERVER_INFO = { name: "pinpoint", title: "Pinpoint gateway", version: "1.0.0" } as const

/** What the gateway passes on, whatever servers there are at the moment. */
const CAPABILITIES = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  completions: {},
  logging: {},
} as const

/** The result of `initialize`. */
export const initialized = (protocolVersion: string): JsonObject => ({
  protocolVersion,
  capabilities: CAPABILITIES,
  serverInfo: SERVER_INFO,
})

/** The result of `server/discover`. Of the revisions with sessions `initialize` tells. */
export const discovered = (): JsonObject => ({
  resultType: "complete",
  supportedVersions: [STATELESS],
  capabilities: CAPABILITIES,
  ttlMs: 3_600_000,
  cacheScope: "public",
  _meta: { [META.serverInfo]: SERVER_INFO },
})
