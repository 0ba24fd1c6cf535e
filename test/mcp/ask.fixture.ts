/** An answer to one stateless request. */
export interface Answered {
  readonly status: number
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: {
    readonly code: number
    readonly message: string
    readonly data?: Readonly<Record<string, unknown>>
  }
  readonly text: string
}

/** Asks the endpoint in the stateless revision, by hand: what the official client does, where a test wants to see the bytes. */
export async function ask(
  url: string,
  method: string,
  params: Readonly<Record<string, unknown>> = {},
  key?: string,
  signal?: AbortSignal,
): Promise<Answered> {
  const name = params.name ?? params.uri
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": "2026-07-28",
      "Mcp-Method": method,
      ...(typeof name === "string" ? { "Mcp-Name": name } : {}),
      ...(key === undefined ? {} : { "X-API-Key": key }),
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method,
      params: {
        ...params,
        _meta: {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {},
        },
      },
    }),
    ...(signal === undefined ? {} : { signal }),
  })
  const text = await response.text()
  const isStream = response.headers.get("content-type") === "text/event-stream"
  const last = isStream
    ? text
        .trim()
        .split("\n\n")
        .at(-1)
        ?.replace(/^[\s\S]*?data: /, "")
    : text
  return { status: response.status, text, ...(last === undefined || last === "" ? {} : JSON.parse(last)) }
}

/** The names a list answers. */
export function namesIn({ result }: Answered, member = "tools"): readonly string[] {
  const entries = result?.[member]
  return Array.isArray(entries) ? entries.map((it) => String(Reflect.get(it, "name"))) : []
}
