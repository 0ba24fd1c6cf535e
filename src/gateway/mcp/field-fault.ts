import type { MessageFault } from "../../mcp/envelope.ts"
import { objectAt, textAt } from "../../mcp/json.ts"
import type { RpcRequest } from "../../mcp/message.ts"
import { paramMismatch } from "../../mcp/param-fields.ts"
import type { Servers } from "./servers.ts"

/**
 * Whether the fields that repeat a tool's parameters say what the body says; undefined where they do, or where the tool's
 * schema cannot be had: the call itself will tell of that.
 */
export async function fieldFault(
  { names }: Servers,
  { params }: RpcRequest,
  field: (name: string) => string | undefined,
): Promise<MessageFault | undefined> {
  const routed = names.route(textAt(params, "name") ?? "")
  if (routed === undefined) return undefined
  try {
    const tool = (await routed.server.catalogue.withTool(routed.name)).get(routed.name)
    const seen = tool === undefined ? undefined : paramMismatch(tool, objectAt(params, "arguments") ?? {}, field)
    return seen === undefined ? undefined : { code: "header-mismatch", seen }
  } catch {
    return undefined
  }
}
