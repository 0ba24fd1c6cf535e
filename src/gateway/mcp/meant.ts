import { closestFirst } from "../../decision/closest.ts"
import type { JsonObject } from "../../mcp/json.ts"
import type { Call } from "../call.ts"
import type { ServerEntry } from "./servers.ts"

/** Near misses that are told. */
const MOST_NEAR = 5

/**
 * The tool where there is one of its name, else those most like it, of those the caller may call. Where its server cannot be
 * asked the name stands: that the server is away is told by the call, and is no reason to say that there is no such tool.
 */
export async function meant(call: Call, tool: string, allowed: (tool: string) => boolean): Promise<readonly string[]> {
  const { servers } = call.running.outside.mcp
  const routed = servers.names.route(tool)
  if (routed !== undefined) {
    const known = await toolsOf(routed.server, routed.name)
    if (known === undefined || known.has(routed.name)) return [tool]
  }
  const names = await Promise.all(
    servers.all.map(async (server) => {
      const tools = await toolsOf(server, "")
      return [...(tools?.keys() ?? [])].flatMap((it) => servers.names.publicName(server, it) ?? [])
    }),
  )
  return closestFirst(tool, names.flat().filter(allowed)).slice(0, MOST_NEAR)
}

/** Undefined where the server cannot be asked. */
async function toolsOf({ catalogue }: ServerEntry, name: string): Promise<ReadonlyMap<string, JsonObject> | undefined> {
  try {
    return await catalogue.withTool(name)
  } catch {
    return undefined
  }
}
