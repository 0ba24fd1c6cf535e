import { serveStdio } from "@modelcontextprotocol/server/stdio"
import { conformanceServer } from "./server.fixture.ts"

// The conformance server as a program on standard streams: `bun test/mcp/conformance/stdio.fixture.ts`.
const servers = new Set<ReturnType<typeof conformanceServer>>()
serveStdio(() => {
  const server = conformanceServer({
    toolsChanged: () => {
      for (const it of servers) it.sendToolListChanged()
    },
    promptsChanged: () => {
      for (const it of servers) it.sendPromptListChanged()
    },
  })
  servers.add(server)
  return server
})
