import { afterEach, describe, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { ask, namesIn } from "./ask.fixture.ts"
import { discovery, offering, result, type Script, scripted } from "./scripted.fixture.ts"

const open: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
})

/** A gateway before the scripted server and one that is as it should be. */
function before(script: Script, more = "", headers?: Readonly<Record<string, string>>): TestGateway {
  const bad = scripted(script, headers)
  const good = scripted(offering(["read"]))
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
mcp:
  tools: ["*"]
  ${more}
  servers:
    bad: { url: "${bad.url}" }
    good: { url: "${good.url}" }
records: { permits: 1 }
`)
  open.push(gateway, bad, good)
  return gateway
}

const causeOf = (it: Awaited<ReturnType<typeof ask>>): unknown => it.error?.data?.cause
const call = (gateway: TestGateway, name = "bad__x") => ask(`${gateway.url}/mcp`, "tools/call", { name, arguments: {} })

/** As it should be, but for one method. */
const but =
  (method: string, answer: Script): Script =>
  (message) =>
    message.method === method ? answer(message) : offering(["x"])(message)

describe("a server that misbehaves keeps nobody from the others", () => {
  const ways: readonly (readonly [string, Script])[] = [
    ["answers text that is no JSON", () => "Hello"],
    ["answers JSON that is no JSON-RPC", () => ({ id: 17 })],
    ["answers with the id of nobody's request", ({ id }) => ({ ...discovery(id), id: 4711 })],
    [
      "answers a page",
      () => new Response("<h1>Log in</h1>", { status: 200, headers: { "content-type": "text/html" } }),
    ],
    ["answers 500", () => new Response("", { status: 500 })],
    ["lists without end", but("tools/list", ({ id, params }) => page(id, Number(params?.cursor ?? 0)))],
    ["goes round in circles", but("tools/list", ({ id }) => result(id, { tools: [], nextCursor: "again" }))],
    ["lists what are no tools", but("tools/list", ({ id }) => result(id, { tools: [1, null, { name: 3 }, {}] }))],
  ]
  for (const [how, script] of ways)
    test(`which ${how}`, async () => {
      const gateway = before(script)
      expect(namesIn(await ask(`${gateway.url}/mcp`, "tools/list"))).toEqual(["good__read"])
      expect((await call(gateway, "good__read")).result).toBeDefined()
      expect(gateway.faults).toEqual([])
    })
})

const page = (id: unknown, from: number) =>
  result(id, {
    tools: Array.from({ length: 2000 }, (_, i) => ({ name: `t${from}_${i}`, inputSchema: {} })),
    nextCursor: String(from + 1),
  })

describe("a call is told as the server's fault where the server", () => {
  const ways: readonly (readonly [string, Script])[] = [
    ["answers no JSON", but("tools/call", () => "Hello")],
    ["answers a batch", but("tools/call", ({ id }) => [result(id, {})])],
    ["answers another request", but("tools/call", ({ id }) => result(Number(id) + 1, {}))],
    ["answers a status that is none of the protocol's", but("tools/call", () => new Response("no", { status: 503 }))],
    ["cuts its stream", but("tools/call", () => stream("data: {}"))],
    ["ends its stream without a response", but("tools/call", () => stream(": nothing\n\n"))],
  ]
  for (const [how, script] of ways)
    test(how, async () => {
      const gateway = before(script)
      const answered = await call(gateway)
      expect(causeOf(answered)).toBe("mcp/server-unavailable")
      expect(answered.error?.code).toBe(502)
      gateway.store.records.flush()
      const record = gateway.store.records.find(String(answered.error?.data?.decision))
      expect(record).toMatchObject({ verdict: "deny", cause: "mcp/server-unavailable" })
      expect(gateway.faults).toEqual([])
    })
})

const stream = (text: string): Response => new Response(text, { headers: { "content-type": "text/event-stream" } })

test("a call to a server that says nothing ends after the time set, and is recorded", async () => {
  const gateway = before(
    but("tools/call", () => undefined),
    "timeout: 300ms",
  )
  const answered = await call(gateway)
  expect(causeOf(answered)).toBe("mcp/server-unavailable")
})

test("a fault after the stream began is told on the stream, with its decision", async () => {
  const progress = `data: ${JSON.stringify({ jsonrpc: "2.0", method: "notifications/progress", params: { progressToken: 1, progress: 1 } })}\n\n`
  const gateway = before(but("tools/call", () => stream(progress)))
  const answered = await call(gateway)
  expect(answered.text).toContain("notifications/progress")
  expect(causeOf(answered)).toBe("mcp/server-unavailable")
  expect(gateway.faults).toEqual([])
})

test("a second response to one request is nobody's", async () => {
  const gateway = before(
    but("tools/call", ({ id }) =>
      stream(
        ["first", "second"]
          .map((it) => `data: ${JSON.stringify(result(id, { content: [{ type: "text", text: it }] }))}\n\n`)
          .join(""),
      ),
    ),
  )
  const { result: got } = await call(gateway)
  expect(got?.content).toEqual([{ type: "text", text: "first" }])
})

test("of two tools of one name the first is listed, once", async () => {
  const gateway = before(
    but("tools/list", ({ id }) =>
      result(id, {
        tools: [
          { name: "x", description: "first", inputSchema: {} },
          { name: "x", description: "second", inputSchema: {} },
        ],
      }),
    ),
  )
  const { result: listed } = await ask(`${gateway.url}/mcp`, "tools/list")
  const named = Array.isArray(listed?.tools) ? listed.tools.filter((it) => Reflect.get(it, "name") === "bad__x") : []
  expect(named).toEqual([{ name: "bad__x", description: "first", inputSchema: {} }])
})

test("a client that goes away closes the call at the server", async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const gateway = before(
    but("tools/call", () => {
      const body = new ReadableStream({
        start: (it) => it.enqueue(Buffer.from(": working\n\n")),
        cancel: () => resolve(),
      })
      return new Response(body, { headers: { "content-type": "text/event-stream" } })
    }),
  )
  const leaving = new AbortController()
  const asked = ask(`${gateway.url}/mcp`, "tools/call", { name: "bad__x", arguments: {} }, undefined, leaving.signal)
  setTimeout(() => leaving.abort(), 200)
  expect(asked).rejects.toThrow()
  await promise
})
