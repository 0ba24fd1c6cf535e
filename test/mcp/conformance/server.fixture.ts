import { McpServer } from "@modelcontextprotocol/server"
import { z } from "zod"
import { addAskingTools } from "./asking-tools.fixture.ts"
import { addContentTools } from "./content-tools.fixture.ts"
import { addInputTools, state } from "./input-tools.fixture.ts"
import { addPrompts, addResources } from "./offerings.fixture.ts"

/** Who is told of changes that a tool brings about. */
export interface Changes {
  toolsChanged(): void
  promptsChanged(): void
}

/**
 * A server of all that the official conformance suite asks for, written with the official SDK. What each tool has to do is
 * said by the suite's scenarios (github.com/modelcontextprotocol/conformance, src/scenarios/server).
 */
export function conformanceServer(changes: Changes): McpServer {
  const server = new McpServer(
    { name: "conformance", version: "1.0.0" },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
      },
      requestState: { verify: state.verify },
    },
  )
  addContentTools(server)
  addAskingTools(server)
  addInputTools(server)
  addResources(server)
  addPrompts(server)
  const plain = { inputSchema: z.object({}) }
  server.registerTool("test_trigger_tool_change", { description: "Changes tools", ...plain }, async () => {
    changes.toolsChanged()
    return { content: [] }
  })
  server.registerTool("test_trigger_prompt_change", { description: "Changes prompts", ...plain }, async () => {
    changes.promptsChanged()
    return { content: [] }
  })
  server.server.setRequestHandler("logging/setLevel", async () => ({}))
  return server
}
