import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { NodeStreamableHTTPServerTransport, toNodeHandler } from "@modelcontextprotocol/node"
import {
  classifyInboundRequest,
  createMcpHandler,
  isInitializeRequest,
  type McpServer,
} from "@modelcontextprotocol/server"
import { conformanceServer } from "./server.fixture.ts"

/** A server over streamable HTTP on a free port, in both revisions. */
export interface HttpFixture {
  readonly url: string
  /** Header fields of each request, by lower-case name. */
  readonly requests: readonly { readonly method: string; readonly headers: IncomingMessage["headers"] }[]
  /** Sessions that are open. */
  readonly sessions: number
  stop(): Promise<void>
}

interface Options {
  readonly make?: (changes: { toolsChanged(): void; promptsChanged(): void }) => McpServer
  /** Which clients it serves. */
  readonly serves?: "both" | "stateless" | "sessions"
}

export async function serveMcp({ make = conformanceServer, serves = "both" }: Options = {}): Promise<HttpFixture> {
  const sessions = new Map<string, NodeStreamableHTTPServerTransport>()
  const requests: { method: string; headers: IncomingMessage["headers"] }[] = []
  const handler = createMcpHandler((): McpServer => make(changes))
  const changes = {
    toolsChanged: () => handler.notify.toolsChanged(),
    promptsChanged: () => handler.notify.promptsChanged(),
  }
  const stateless = toNodeHandler(handler)

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    requests.push({ method: req.method ?? "", headers: req.headers })
    const body = req.method === "POST" ? await bodyOf(req) : undefined
    if (req.method === "POST") {
      const inbound = classifyInboundRequest({
        httpMethod: "POST",
        protocolVersionHeader: first(req.headers["mcp-protocol-version"]),
        mcpMethodHeader: first(req.headers["mcp-method"]),
        body,
      })
      if (serves === "stateless" || (inbound.kind !== "legacy" && serves === "both")) {
        await stateless(req, res, body)
        return
      }
    }
    const id = first(req.headers["mcp-session-id"])
    const transport = id === undefined ? undefined : sessions.get(id)
    if (transport !== undefined) await transport.handleRequest(req, res, body)
    else if (id === undefined && isInitializeRequest(body)) await (await begun()).handleRequest(req, res, body)
    else refuse(res, id === undefined ? 400 : 404)
  }

  const begun = async (): Promise<NodeStreamableHTTPServerTransport> => {
    const server = make(changes)
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id: string) => void sessions.set(id, transport),
      onsessionclosed: (id: string) => void sessions.delete(id),
    })
    await server.connect(transport)
    return transport
  }

  const server = createServer((req, res) => {
    answer(req, res).catch((error) => {
      if (!res.headersSent) res.writeHead(500)
      res.end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    requests,
    get sessions() {
      return sessions.size
    },
    stop: async () => {
      for (const it of sessions.values()) await it.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

async function bodyOf(req: IncomingMessage): Promise<unknown> {
  let text = ""
  for await (const chunk of req) text += String(chunk)
  return text === "" ? undefined : JSON.parse(text)
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { "content-type": "application/json" })
  res.end(JSON.stringify({ jsonrpc: "2.0", error: { code: -32000, message: "no such session" }, id: null }))
}
