import { afterEach, expect, test } from "bun:test"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { answersIn } from "../../src/adapters/answers/late-answers.ts"
import { createMeter } from "../../src/adapters/meter/shared-meter.ts"
import { openStore } from "../../src/adapters/sqlite/store.ts"
import { Gateway } from "../../src/gateway/gateway.ts"
import { planFor } from "../gateway.fixture.ts"
import { serveMcp } from "./conformance/http.fixture.ts"
import { slowServer } from "./slow.fixture.ts"

const open: { stop(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
})

/** Two gateways that share sessions as the threads of one process do, each on a port of its own so that a test can choose. */
async function twoThreads(make?: Parameters<typeof serveMcp>[0]) {
  const upstream = await serveMcp(make)
  const plan = planFor(
    `
listen: 127.0.0.1:0
mcp: { tools: ["*"], servers: { all: { url: "${upstream.url}" } } }
`,
    {},
  )
  const data = mkdtempSync(join(tmpdir(), "pinpoint-threads-"))
  const store = openStore(data)
  const faults: unknown[] = []
  const answers = answersIn(data)
  const gateways = [0, 1].map(
    () =>
      new Gateway({
        plan,
        keys: store.keys,
        records: store.records,
        ledger: store.ledger,
        token: store.token,
        meter: createMeter(),
        answers,
        clock: Date.now,
        sharesPort: true,
        onFault: (fault) => faults.push(fault),
      }),
  )
  open.push(...gateways.map((it) => ({ stop: () => it.stop(1000) })), upstream, {
    stop: async () => {
      answers.close()
      store.close()
      rmSync(data, { recursive: true, force: true })
      expect(faults).toEqual([])
    },
  })
  const [one, other] = gateways.map(({ port }) => `http://127.0.0.1:${port}/mcp`)
  return { one: one ?? "", other: other ?? "" }
}

const post = (url: string, message: unknown, session?: string) =>
  fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(session === undefined ? {} : { "Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25" }),
    },
    body: JSON.stringify(message),
  })

async function begin(url: string): Promise<string> {
  const response = await post(url, {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: {
      protocolVersion: "2025-11-25",
      capabilities: { elicitation: { form: {} } },
      clientInfo: { name: "raw", version: "1" },
    },
  })
  await response.text()
  return response.headers.get("mcp-session-id") ?? ""
}

const call = (name: string, given: unknown = {}) => ({
  jsonrpc: "2.0",
  id: 2,
  method: "tools/call",
  params: { name: `all__${name}`, arguments: given },
})

test("a session is served by whichever thread its client comes to", async () => {
  const { one, other } = await twoThreads()
  const session = await begin(one)
  for (const url of [one, other, one, other])
    expect(await (await post(url, call("test_simple_text"), session)).text()).toContain("simple text response")
  expect((await post(other, { jsonrpc: "2.0", id: 3, method: "tools/list" }, session)).status).toBe(200)
})

test("a question in the middle of a call is answered through another thread", async () => {
  const { one, other } = await twoThreads()
  const session = await begin(one)
  const response = await post(other, call("test_elicitation", { message: "Sure?" }), session)
  const reader = response.body?.getReader()
  let text = ""
  while (!text.includes("elicitation/create")) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (done) throw new Error(`nothing was asked: ${text}`)
    text += Buffer.from(value ?? []).toString()
  }
  const id = /"id":"(pinpoint-\d+)"/.exec(text)?.[1]
  const result = { action: "accept", content: { response: "yes" } }
  expect((await post(one, { jsonrpc: "2.0", id, result }, session)).status).toBe(202)
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    if (done) break
    text += Buffer.from(value ?? []).toString()
  }
  expect(text).toContain("action=accept")
})

test("a call is cancelled through another thread", async () => {
  const cancelled = Promise.withResolvers<void>()
  const { one, other } = await twoThreads({ make: (changes) => slowServer(changes, () => cancelled.resolve()) })
  const session = await begin(one)
  const slow = post(other, call("slow"), session)
  await Bun.sleep(300)
  await post(other, { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 2 } }, session)
  await cancelled.promise
  expect(await (await slow).text()).toBe("")
})

test("a session that another thread ended, or that never was, is unknown to all", async () => {
  const { one, other } = await twoThreads()
  const session = await begin(one)
  const ended = await fetch(other, { method: "DELETE", headers: { "Mcp-Session-Id": session } })
  expect(ended.status).toBe(204)
  for (const url of [one, other]) expect((await post(url, call("test_simple_text"), session)).status).toBe(404)
  expect((await post(one, call("test_simple_text"), crypto.randomUUID())).status).toBe(404)
})
