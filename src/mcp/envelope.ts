import type { McpFaultCode } from "../facts/mcp.ts"
import { fromField, namedBy } from "./field-value.ts"
import { isObject, type JsonObject, objectAt, own, textAt } from "./json.ts"
import type { RpcRequest } from "./message.ts"
import { META, STATELESS } from "./revision.ts"

/** Why a message is not what it has to be. */
export interface MessageFault {
  readonly code: McpFaultCode
  readonly seen: string
}

/** What each stateless request says of its client (specification 2026-07-28, Overview, `_meta`). */
export interface Envelope {
  readonly capabilities: JsonObject
  readonly clientInfo: JsonObject | undefined
  readonly logLevel: string | undefined
}

/** Methods of the stateless revision that this gateway answers or passes on. */
const METHODS: ReadonlySet<string> = new Set([
  "server/discover",
  "tools/list",
  "tools/call",
  "prompts/list",
  "prompts/get",
  "resources/list",
  "resources/templates/list",
  "resources/read",
  "completion/complete",
  "subscriptions/listen",
])

const fault = (code: McpFaultCode, seen: string): MessageFault => ({ code, seen })

/** `field`: the value of a header field by its lower-case name. */
export function readEnvelope(
  { method, params }: RpcRequest,
  field: (name: string) => string | undefined,
): Envelope | MessageFault {
  const meta = objectAt(params, "_meta")
  if (meta === undefined) return fault("envelope-invalid", "no _meta")
  const revision = textAt(meta, META.version)
  if (revision === undefined) return fault("envelope-invalid", `no ${META.version}`)
  const capabilities = own(meta, META.capabilities)
  if (!isObject(capabilities)) return fault("envelope-invalid", `no ${META.capabilities}`)
  const clientInfo = own(meta, META.clientInfo)
  if (clientInfo !== undefined && !isObject(clientInfo))
    return fault("envelope-invalid", `${META.clientInfo} that is no object`)
  const mismatch = mismatchOf(method, params, revision, field)
  if (mismatch !== undefined) return fault("header-mismatch", mismatch)
  if (revision !== STATELESS) return fault("version-unsupported", excerpt(revision))
  if (!METHODS.has(method)) return fault("method-unknown", excerpt(method))
  return { capabilities, clientInfo, logLevel: textAt(meta, META.logLevel) }
}

function mismatchOf(
  method: string,
  params: JsonObject,
  revision: string,
  field: (name: string) => string | undefined,
): string | undefined {
  const version = field("mcp-protocol-version")
  if (version === undefined) return "MCP-Protocol-Version is missing"
  if (version !== revision) return `MCP-Protocol-Version is not the body's ${META.version}`
  const named = field("mcp-method")
  if (named === undefined) return "Mcp-Method is missing"
  if (named !== method) return "Mcp-Method is not the body's method"
  const member = namedBy(method)
  if (member === undefined) return undefined
  const name = field("mcp-name")
  if (name === undefined) return "Mcp-Name is missing"
  const decoded = fromField(name)
  if (decoded === undefined) return "Mcp-Name claims to be Base64 and is not"
  return decoded === textAt(params, member) ? undefined : `Mcp-Name is not the body's params.${member}`
}

/** Printable ASCII of at most 80 characters: what callers write is told back to them. */
export const excerpt = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 80)
