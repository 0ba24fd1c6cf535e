/** What a scripted server answers to a message: text as it is, an object as JSON, `undefined` for silence. */
export type Script = (message: {
  readonly id?: unknown
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
}) => unknown

/** A server of the stateless revision that says whatever a test wants it to. */
export interface Scripted {
  readonly url: string
  readonly asked: string[]
  stop(): Promise<void>
}

const HEADERS = { "content-type": "application/json" }

export function scripted(script: Script, headers: Readonly<Record<string, string>> = HEADERS): Scripted {
  const asked: string[] = []
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    fetch: async (request) => {
      if (request.method !== "POST") return new Response(null, { status: 405 })
      const message = JSON.parse(await request.text())
      asked.push(message.method)
      const answer = await script(message)
      if (answer === undefined) return new Promise<Response>(() => undefined)
      if (answer instanceof Response) return answer
      return new Response(typeof answer === "string" ? answer : JSON.stringify(answer), { headers })
    },
  })
  return { url: `http://127.0.0.1:${server.port}/mcp`, asked, stop: () => server.stop(true) }
}

export const result = (id: unknown, it: Readonly<Record<string, unknown>>) => ({
  jsonrpc: "2.0",
  id,
  result: { resultType: "complete", ...it },
})

export const discovery = (id: unknown) =>
  result(id, { supportedVersions: ["2026-07-28"], capabilities: { tools: {} }, ttlMs: 0, cacheScope: "public" })

/** A server of these tools, each of which answers its own name. */
export const offering =
  (names: readonly string[]): Script =>
  ({ id, method, params }) => {
    if (method === "server/discover") return discovery(id)
    if (method === "tools/list")
      return result(id, {
        tools: names.map((name) => ({ name, inputSchema: { type: "object" } })),
        ttlMs: 0,
        cacheScope: "public",
      })
    return result(id, { content: [{ type: "text", text: `called ${String(params?.name)}` }] })
  }
