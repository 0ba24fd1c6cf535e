import {
  createMcpHandler,
  isInitializeRequest,
  isLegacyRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server"
import { type Changes, conformanceServer } from "./server.fixture.ts"

/** A server over streamable HTTP on a free port. */
export interface HttpFixture {
  readonly url: string
  /** Header fields of each request it got. */
  readonly requests: readonly Headers[]
  /** Sessions that are open. */
  readonly sessions: number
  /** Ends all sessions, without a word to their clients. */
  forget(): Promise<void>
  stop(): Promise<void>
}

interface Options {
  readonly make?: (changes: Changes) => McpServer
  /** Which clients it serves. */
  readonly serves?: "both" | "stateless" | "sessions"
}

export async function serveMcp({ make = conformanceServer, serves = "both" }: Options = {}): Promise<HttpFixture> {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>()
  const requests: Headers[] = []
  const handler = createMcpHandler((): McpServer => make(changes), { legacy: "reject" })
  const changes = {
    toolsChanged: () => handler.notify.toolsChanged(),
    promptsChanged: () => handler.notify.promptsChanged(),
  }
  const inSession = async (request: Request, parsedBody: unknown): Promise<Response> => {
    const id = request.headers.get("mcp-session-id")
    const transport = id === null ? undefined : sessions.get(id)
    if (transport !== undefined) return transport.handleRequest(request, { parsedBody })
    if (id !== null || !isInitializeRequest(parsedBody)) return refused(id === null ? 400 : 404)
    return (await begun()).handleRequest(request, { parsedBody })
  }
  const begun = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id: string) => void sessions.set(id, transport),
      onsessionclosed: (id: string) => void sessions.delete(id),
    })
    await make(changes).connect(transport)
    return transport
  }
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    fetch: async (request) => {
      requests.push(request.headers)
      const parsedBody: unknown = request.method === "POST" ? await request.json() : undefined
      const isOfSession = serves === "sessions" || (serves === "both" && (await isLegacyRequest(request, parsedBody)))
      return isOfSession ? inSession(request, parsedBody) : handler.fetch(request, { parsedBody })
    },
  })
  return {
    url: `http://127.0.0.1:${server.port}/mcp`,
    requests,
    get sessions() {
      return sessions.size
    },
    forget: async () => {
      for (const it of sessions.values()) await it.close()
      sessions.clear()
    },
    stop: async () => {
      for (const it of sessions.values()) await it.close()
      await handler.close()
      await server.stop(true)
    },
  }
}

const refused = (status: number): Response =>
  Response.json({ jsonrpc: "2.0", error: { code: -32000, message: "no such session" }, id: null }, { status })
