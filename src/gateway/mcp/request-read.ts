import type { McpRequest } from "../../facts/mcp.ts"
import { askedFor } from "../../mcp/asked-for.ts"
import type { MessageFault } from "../../mcp/envelope.ts"
import type { RpcRequest } from "../../mcp/message.ts"
import type { Call } from "../call.ts"
import { meant } from "./meant.ts"

/** What a message says, as facts read it. `request`: undefined where it is none. `length`: bytes of the body. */
export function requestRead(
  call: Call,
  length: number,
  fault: MessageFault | undefined,
  request: RpcRequest | undefined,
): McpRequest {
  const asked = fault !== undefined || request === undefined ? undefined : askedFor(request.method, request.params)
  const tool = asked?.kind === "tool" ? asked.name : null
  return {
    length,
    fault: fault?.code ?? "none",
    seen: fault?.seen ?? "",
    tool,
    prompt: asked?.kind === "prompt" ? asked.name : null,
    resource: asked?.kind === "resource" ? asPattern(call, asked.name) : null,
    meant: (allowed) => (tool === null ? Promise.resolve([]) : meant(call, tool, allowed)),
  }
}

/** A resource as patterns speak of it: the prefix of its server, and its own URI. */
function asPattern(call: Call, publicUri: string): string {
  const routed = call.running.outside.mcp.servers.names.routeUri(publicUri)
  return routed === undefined ? publicUri : routed.server.prefix + routed.name
}
