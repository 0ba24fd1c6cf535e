import { McpServer } from "@modelcontextprotocol/server"
import { z } from "zod"

/** A server whose one tool ends only when it is cancelled. */
export function slowServer(_: unknown, onCancelled: () => void = () => undefined): McpServer {
  const server = new McpServer({ name: "slow", version: "1" }, { capabilities: { tools: {} } })
  server.registerTool("slow", { description: "Never ends", inputSchema: z.object({}) }, async (_given, { mcpReq }) => {
    await new Promise<void>((resolve) => mcpReq.signal.addEventListener("abort", () => resolve()))
    onCancelled()
    return { content: [] }
  })
  return server
}
