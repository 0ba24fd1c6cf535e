import { afterEach, describe, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { ask } from "./ask.fixture.ts"
import { connect } from "./client.fixture.ts"
import { type HttpFixture, serveMcp } from "./conformance/http.fixture.ts"
import { slowServer } from "./slow.fixture.ts"

const open: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
})

const ONE = "one-0123456789abcdef0123"
const TWO = "two-0123456789abcdef0123"

async function before(
  more = "",
  make?: Parameters<typeof serveMcp>[0],
): Promise<{ gateway: TestGateway; upstream: HttpFixture }> {
  const upstream = await serveMcp(make)
  const gateway = startTestGateway(
    `
listen: 127.0.0.1:0
mcp:
  ${more}
  servers:
    all: { url: "${upstream.url}", headers: { Authorization: "Bearer upstream-secret-0123" } }
keys:
  - { name: one, key: "\${ONE}", tools: ["*"] }
  - { name: two, key: "\${TWO}", tools: ["*"] }
records: { permits: 1 }
`,
    { ONE, TWO },
  )
  open.push(gateway, upstream)
  return { gateway, upstream }
}

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
}

const post = ({ url }: TestGateway, message: unknown, fields: Readonly<Record<string, string>> = {}, key = ONE) =>
  fetch(`${url}/mcp`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "X-API-Key": key,
      ...fields,
    },
    body: typeof message === "string" ? message : JSON.stringify(message),
  })

async function begin(gateway: TestGateway, key = ONE): Promise<Readonly<Record<string, string>>> {
  const response = await post(gateway, INITIALIZE, {}, key)
  await response.text()
  return { "Mcp-Session-Id": response.headers.get("mcp-session-id") ?? "", "MCP-Protocol-Version": "2025-11-25" }
}

const LIST = { jsonrpc: "2.0", id: 2, method: "tools/list" }

describe("a session", () => {
  test("is for the key it was begun with, and for no other", async () => {
    const { gateway } = await before()
    const fields = await begin(gateway)
    expect((await post(gateway, LIST, fields)).status).toBe(200)
    const other = await post(gateway, LIST, fields, TWO)
    expect(other.status).toBe(404)
    expect(other.headers.get("pinpoint-cause")).toBe("mcp/session-unknown")
  })

  test("ends when its client ends it", async () => {
    const { gateway } = await before()
    const fields = await begin(gateway)
    const ended = await fetch(`${gateway.url}/mcp`, { method: "DELETE", headers: { ...fields, "X-API-Key": ONE } })
    expect(ended.status).toBe(204)
    expect((await post(gateway, LIST, fields)).status).toBe(404)
  })

  test("is one of as many as may be", async () => {
    const { gateway } = await before("sessions: 2")
    await begin(gateway)
    await begin(gateway)
    const third = await post(gateway, INITIALIZE)
    expect(third.headers.get("mcp-session-id")).toBeNull()
    expect(await third.text()).toContain("as many sessions as there may be")
  })

  test("negotiates the revision that was asked for, or the newest it knows", async () => {
    const { gateway } = await before()
    for (const [asked, got] of [
      ["2025-06-18", "2025-06-18"],
      ["2025-03-26", "2025-03-26"],
      ["1999-01-01", "2025-11-25"],
    ]) {
      const params = { ...INITIALIZE.params, protocolVersion: asked }
      const answer = await post(gateway, { ...INITIALIZE, params })
      expect(await answer.json()).toMatchObject({ result: { protocolVersion: got } })
    }
  })

  test("does not take a request whose id is still under way", async () => {
    const { gateway } = await before("", { make: slowServer })
    const fields = await begin(gateway)
    const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "all__slow", arguments: {} } }
    const first = post(gateway, call, fields)
    await Bun.sleep(200)
    const second = await post(gateway, call, fields)
    expect(await second.json()).toMatchObject({ error: { code: -32600 } })
    await post(gateway, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } }, fields)
    await (await first).text()
  })
})

test("a session that the server ended is begun anew, and the call is made in it", async () => {
  const { gateway, upstream } = await before("", { serves: "sessions" })
  const fields = await begin(gateway)
  const call = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "all__test_simple_text", arguments: {} } }
  expect(await (await post(gateway, call, fields)).text()).toContain("simple text")
  await upstream.forget()
  expect(await (await post(gateway, call, fields)).text()).toContain("simple text")
  expect(await ask(`${gateway.url}/mcp`, "tools/call", call.params, ONE)).toMatchObject({ status: 200, result: {} })
  await upstream.forget()
  expect(await ask(`${gateway.url}/mcp`, "tools/call", call.params, ONE)).toMatchObject({ status: 200, result: {} })
})

test("a call that its client cancels is cancelled at the server", async () => {
  for (const speaks of ["sessions", "stateless"] as const) {
    const cancelled = Promise.withResolvers<void>()
    const { gateway } = await before("", { make: (changes) => slowServer(changes, () => cancelled.resolve()) })
    const { client, close } = await connect(`${gateway.url}/mcp`, { speaks, key: ONE })
    const leaving = new AbortController()
    const call = client.callTool({ name: "all__slow", arguments: {} }, { signal: leaving.signal })
    setTimeout(() => leaving.abort("enough"), 200)
    expect(call).rejects.toThrow()
    await cancelled.promise
    await close()
    expect(gateway.faults).toEqual([])
  }
})

describe("a stream of changes", () => {
  test("tells a stateless client of what it asked for, by public names, and of nothing else", async () => {
    const { gateway } = await before()
    const { client, changes, close } = await connect(`${gateway.url}/mcp`, { speaks: "stateless", key: ONE })
    const listening = await client.listen({ toolsListChanged: true })
    await client.callTool({ name: "all__test_trigger_prompt_change", arguments: {} })
    await client.callTool({ name: "all__test_trigger_tool_change", arguments: {} })
    const end = Date.now() + 5000
    while (changes.length === 0 && Date.now() < end) await Bun.sleep(10)
    expect(changes).toEqual(["tools"])
    await listening.close()
    await close()
    expect(gateway.faults).toEqual([])
  })

  test("is acknowledged for those resources alone that the key may read", async () => {
    const { gateway } = await before()
    gateway.swap(gatewayWith(gateway, 'tools: ["all__test://static-*"]'))
    const leaving = new AbortController()
    const response = await fetch(`${gateway.url}/mcp`, {
      method: "POST",
      signal: leaving.signal,
      headers: {
        "Content-Type": "application/json",
        "X-API-Key": ONE,
        "MCP-Protocol-Version": "2026-07-28",
        "Mcp-Method": "subscriptions/listen",
      },
      body: JSON.stringify({
        jsonrpc: "2.0",
        id: "listening",
        method: "subscriptions/listen",
        params: {
          notifications: { resourceSubscriptions: ["all+test://static-text", "all+test://watched-resource"] },
          _meta: {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
          },
        },
      }),
    })
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    const text = new TextDecoder().decode(value)
    expect(text).toContain('"resourceSubscriptions":["all+test://static-text"]')
    expect(text).toContain('"io.modelcontextprotocol/subscriptionId":"listening"')
    leaving.abort()
  })

  test("ends with a result when the gateway stops", async () => {
    const { gateway, upstream } = await before()
    const leaving = new AbortController()
    const asked = ask(
      `${gateway.url}/mcp`,
      "subscriptions/listen",
      { notifications: { toolsListChanged: true } },
      ONE,
      leaving.signal,
    )
    await Bun.sleep(300)
    await gateway.stop()
    open.length = 0
    expect((await asked).result).toMatchObject({ resultType: "complete" })
    await upstream.stop()
  })
})

/** The configuration with other tools for everyone and none for keys. */
function gatewayWith({ url }: TestGateway, tools: string): string {
  return `
listen: ${url.replace("http://", "")}
mcp:
  ${tools}
  servers: { all: { url: "http://127.0.0.1:9/mcp" } }
keys: [{ name: one, key: "\${ONE}" }]
`
}

describe("nothing of a server's credentials", () => {
  test("is told to a caller or kept, and nothing of the caller's key goes to a server", async () => {
    const { gateway, upstream } = await before()
    const { client, close } = await connect(`${gateway.url}/mcp`, { speaks: "sessions", key: ONE })
    const seen = [
      await client.listTools(),
      await client.callTool({ name: "all__test_simple_text", arguments: {} }),
      await ask(`${gateway.url}/mcp`, "tools/list", {}, ONE),
      await ask(`${gateway.url}/mcp`, "tools/call", { name: "all__nothing", arguments: {} }, ONE),
      await ask(`${gateway.url}/mcp`, "tools/call", { name: "all__test_simple_text", arguments: {} }, TWO),
    ]
    await close()
    gateway.store.records.flush()
    const kept = gateway.store.records.recent({ limit: 100 })
    const everything = JSON.stringify([seen, kept])
    expect(everything).not.toContain("upstream-secret")
    expect(everything).not.toContain(ONE)
    expect(upstream.requests.length).toBeGreaterThan(0)
    for (const headers of upstream.requests) {
      expect(headers.get("authorization")).toBe("Bearer upstream-secret-0123")
      expect(headers.get("x-api-key")).toBeNull()
    }
    expect(gateway.store.plans.current()).toBeString()
    expect(gateway.store.plans.find(gateway.store.plans.current() ?? "")).not.toContain("upstream-secret")
  })
})

describe("what is no message of the protocol", () => {
  const rows: readonly (readonly [string, unknown, Readonly<Record<string, string>>, number, string, number])[] = [
    ["text that is no JSON", "{", {}, 400, "mcp/message-unreadable", -32700],
    ["a batch", "[]", {}, 400, "mcp/message-unreadable", -32600],
    ["a page of another site", INITIALIZE, { Origin: "http://evil.example" }, 403, "mcp/origin-not-allowed", 403],
    ["a session that never was", LIST, { "Mcp-Session-Id": "x" }, 404, "mcp/session-unknown", 404],
    ["no session", LIST, {}, 400, "mcp/session-missing", 400],
    ["a revision nobody knows", LIST, { "MCP-Protocol-Version": "1" }, 400, "mcp/version-unsupported", -32022],
  ]
  for (const [what, message, fields, status, cause, code] of rows)
    test(`is refused with its cause: ${what}`, async () => {
      const { gateway } = await before()
      const response = await post(gateway, message, fields)
      expect(response.status).toBe(status)
      expect(response.headers.get("pinpoint-cause")).toBe(cause)
      expect(await response.json()).toMatchObject({ error: { code, data: { cause } } })
      expect(gateway.faults).toEqual([])
    })

  test("is refused when it is larger than may be held, and that is told as its size", async () => {
    const { gateway } = await before("message: 1KiB")
    const response = await post(gateway, { ...INITIALIZE, params: { fill: "x".repeat(5000) } })
    expect(response.status).toBe(413)
    expect(response.headers.get("pinpoint-cause")).toBe("content/body-too-large")
  })

  test("is refused by a method of HTTP that the endpoint does not take", async () => {
    const { gateway } = await before()
    expect((await fetch(`${gateway.url}/mcp`, { method: "PUT", headers: { "X-API-Key": ONE } })).status).toBe(405)
  })
})

test("a tool named in the body and not in the fields is not called", async () => {
  const { gateway, upstream } = await before()
  const asked = upstream.requests.length
  const response = await post(
    gateway,
    {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: {
        name: "all__test_simple_text",
        _meta: {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": {},
        },
      },
    },
    { "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "all__test_error_handling" },
  )
  expect(response.status).toBe(400)
  expect(response.headers.get("pinpoint-cause")).toBe("mcp/header-mismatch")
  expect(upstream.requests.length).toBe(asked)
})
