import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"

/** In which revision a client asks: in sessions, or stateless. */
export type Speaks = "sessions" | "stateless"

/** The official client, which answers what it is asked, and what it was told. */
export interface TestClient {
  readonly client: Client
  readonly logs: unknown[]
  readonly asked: string[]
  readonly changes: string[]
  close(): Promise<void>
}

interface Options {
  readonly speaks: Speaks
  readonly key?: string
}

export async function connect(url: string, { speaks, key }: Options): Promise<TestClient> {
  const logs: unknown[] = []
  const asked: string[] = []
  const changes: string[] = []
  const client = new Client(
    { name: "tester", version: "1.0.0" },
    {
      capabilities: { sampling: {}, elicitation: { form: {} }, roots: { listChanged: true } },
      versionNegotiation: { mode: speaks === "sessions" ? "legacy" : { pin: "2026-07-28" } },
    },
  )
  client.setRequestHandler("sampling/createMessage", async () => {
    asked.push("sampling")
    return { role: "assistant", content: { type: "text", text: "Paris" }, model: "scripted" }
  })
  client.setRequestHandler("elicitation/create", async () => {
    asked.push("elicitation")
    return { action: "accept", content: { name: "Ada", response: "yes", ok: true } }
  })
  client.setRequestHandler("roots/list", async () => {
    asked.push("roots")
    return { roots: [{ uri: "file:///home/ada", name: "home" }] }
  })
  client.setNotificationHandler("notifications/message", (it) => void logs.push(it.params.data))
  client.setNotificationHandler("notifications/tools/list_changed", () => void changes.push("tools"))
  client.setNotificationHandler("notifications/resources/updated", (it) => void changes.push(it.params.uri))
  const headers = key === undefined ? {} : { "X-API-Key": key }
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } })
  await client.connect(transport)
  return {
    client,
    logs,
    asked,
    changes,
    close: async () => {
      if (speaks === "sessions") await transport.terminateSession()
      await client.close()
    },
  }
}

/** The first text of a result. */
export function textOf({ content }: { readonly content: readonly { readonly type: string }[] }): string {
  const [first] = content
  return first !== undefined && "text" in first && typeof first.text === "string" ? first.text : ""
}
