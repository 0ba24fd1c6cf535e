import { afterEach, expect, test } from "bun:test"
import { join } from "node:path"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { ask, namesIn } from "./ask.fixture.ts"
import { connect, textOf } from "./client.fixture.ts"

const PROGRAM = join(import.meta.dir, "program.fixture.ts")
const open: TestGateway[] = []
afterEach(async () => {
  for (const it of open.splice(0)) await it.stop()
})

function before(more = "", command = `["${process.execPath}", "${PROGRAM}"]`): TestGateway {
  const gateway = startTestGateway(`
listen: 127.0.0.1:0
mcp:
  tools: ["*"]
  ${more}
  servers:
    program: { command: ${command}, env: { NOISE: "1" } }
records: { permits: 1 }
`)
  open.push(gateway)
  return gateway
}

const call = async (gateway: TestGateway, name: string) =>
  ask(`${gateway.url}/mcp`, "tools/call", { name: `program__${name}`, arguments: {} })

const said = async (gateway: TestGateway, name: string): Promise<string> => {
  const { result } = await call(gateway, name)
  const [first] = Array.isArray(result?.content) ? result.content : []
  return String(Reflect.get(Object(first), "text"))
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await what())) {
    if (Date.now() > end) throw new Error("it never came")
    await Bun.sleep(20)
  }
}

test("a program is a server, whatever else it prints", async () => {
  const gateway = before()
  expect(namesIn(await ask(`${gateway.url}/mcp`, "tools/list"))).toContain("program__pid")
  expect(await said(gateway, "noise")).toBe("after the noise")
  const { text } = await call(gateway, "log")
  expect(text).not.toContain("secret of the program")
})

test("a program gets what is written for it of the environment, and nothing of the gateway's own", async () => {
  process.env.PINPOINT_TEST_SECRET = "hidden"
  try {
    const names = (await said(before(), "env")).split(" ")
    expect(names).toContain("NOISE")
    expect(names).not.toContain("PINPOINT_TEST_SECRET")
  } finally {
    delete process.env.PINPOINT_TEST_SECRET
  }
})

test("a program that dies in a call is told of, and started again for a later one", async () => {
  const gateway = before()
  const first = await said(gateway, "pid")
  const crashed = await call(gateway, "crash")
  expect(crashed.error?.data?.cause).toBe("mcp/server-unavailable")
  gateway.store.records.flush()
  const record = gateway.store.records.find(String(crashed.error?.data?.decision))
  expect(record?.frame.facts["upstream.seen"]).toBe("it ended with 3")
  await until(async () => (await call(gateway, "pid")).result !== undefined)
  expect(await said(gateway, "pid")).not.toBe(first)
  expect(gateway.faults).toEqual([])
})

test("a program that cannot be started is told of, and is not tried at every call", async () => {
  const gateway = before("", '["/nonexistent/program"]')
  for (let i = 0; i < 3; i++) expect((await call(gateway, "pid")).error?.data?.cause).toBe("mcp/server-unavailable")
})

test("a program that says nothing to a call ends it after the time set", async () => {
  const gateway = before("timeout: 300ms")
  expect((await call(gateway, "hang")).error?.data?.cause).toBe("mcp/server-unavailable")
})

test("each session has a program of its own, which ends with it", async () => {
  const gateway = before()
  const one = await connect(`${gateway.url}/mcp`, { speaks: "sessions" })
  const two = await connect(`${gateway.url}/mcp`, { speaks: "sessions" })
  const pidOf = async ({ client }: typeof one): Promise<number> =>
    Number(textOf(await client.callTool({ name: "program__pid", arguments: {} })))
  const pids = [await pidOf(one), await pidOf(two), await pidOf(one)]
  expect(pids[0]).toBe(pids[2] ?? 0)
  expect(pids[0]).not.toBe(pids[1] ?? 0)
  await one.client.callTool({ name: "program__log", arguments: {} })
  expect([one.logs, two.logs]).toEqual([["a log entry"], []])
  await one.close()
  await until(() => !isAlive(pids[0] ?? 0))
  expect(isAlive(pids[1] ?? 0)).toBe(true)
  await two.close()
})

test("programs end with the gateway, and with their server in a reload", async () => {
  const gateway = before()
  const pid = Number(await said(gateway, "pid"))
  gateway.swap(`
listen: 127.0.0.1:0
mcp:
  servers:
    other: { command: ["${process.execPath}", "${PROGRAM}"] }
  tools: ["*"]
`)
  await until(() => !isAlive(pid))
  const { result } = await ask(`${gateway.url}/mcp`, "tools/call", { name: "other__pid", arguments: {} })
  const other = Number(Reflect.get(Object(Array.isArray(result?.content) ? result.content[0] : {}), "text"))
  await gateway.stop()
  open.length = 0
  await until(() => !isAlive(other))
})
