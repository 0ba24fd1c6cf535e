import { afterAll, describe, expect, test } from "bun:test"
import fc from "fast-check"
import { type Env, startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { ask, namesIn } from "./ask.fixture.ts"
import { offering, type Scripted, scripted } from "./scripted.fixture.ts"

const NAMES = ["read", "write", "list", "search", "delete_all", "re.ad", "a__b"]
const KEYS: Env = { ONE: "one-0123456789abcdef0123", NONE: "none-0123456789abcdef012" }
const servers: Scripted[] = [
  scripted(offering(NAMES)),
  scripted(offering(NAMES)),
  scripted(offering(["files__read", "x"])),
]
const [files, search, plain] = servers
const gateways: TestGateway[] = []

afterAll(async () => {
  for (const it of gateways) await it.stop()
  for (const it of servers) await it.stop()
})

const yaml = (patterns: readonly string[]): string => JSON.stringify(patterns)

function configured(tools: readonly string[], everyones: readonly string[]): string {
  return `
listen: 127.0.0.1:0
mcp:
  tools: ${yaml(everyones)}
  servers:
    files: { url: "${files?.url}" }
    search: { url: "${search?.url}", prefix: "s." }
    plain: { url: "${plain?.url}", prefix: "" }
keys:
  - { name: one, key: "\${ONE}", tools: ${yaml(tools)} }
  - { name: none, key: "\${NONE}" }
records: { permits: 1 }
`
}

function start(tools: readonly string[], everyones: readonly string[]): TestGateway {
  const gateway = startTestGateway(configured(tools, everyones), KEYS)
  gateways.push(gateway)
  return gateway
}

const pattern = fc.constantFrom(
  "*",
  "files__*",
  "files__read",
  "s.*",
  "s.re*",
  "*read",
  "x",
  "files__a*b",
  "nothing",
  "*__*",
)

describe("a tool", () => {
  const gateway = start([], [])
  const url = `${gateway.url}/mcp`
  const every = [
    ...NAMES.map((it) => `files__${it}`),
    ...NAMES.map((it) => `s.${it}`),
    "x",
    "files__files__read",
    "files__unknown",
    "other",
  ]

  test("is listed for a key exactly where that key may call it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(pattern, { maxLength: 3 }),
        fc.array(pattern, { maxLength: 1 }),
        fc.constantFrom("one", "none"),
        async (tools, everyones, who) => {
          gateway.swap(configured(tools, everyones))
          const key = who === "one" ? KEYS.ONE : KEYS.NONE
          const listed = namesIn(await ask(url, "tools/list", {}, key))
          const called = await Promise.all(every.map((name) => ask(url, "tools/call", { name, arguments: {} }, key)))
          const callable = every.filter((_, i) => called[i]?.result !== undefined)
          expect([...listed].sort()).toEqual(callable.sort())
        },
      ),
      { numRuns: 25 },
    )
    expect(gateway.faults).toEqual([])
  }, 120_000)

  test("of a server without a prefix is not listed where its name is another server's", async () => {
    gateway.swap(configured(["*"], []))
    const listed = namesIn(await ask(url, "tools/list", {}, KEYS.ONE))
    expect(listed.filter((it) => it === "files__read")).toEqual(["files__read"])
    const { result } = await ask(url, "tools/call", { name: "files__read", arguments: {} }, KEYS.ONE)
    expect(result?.content).toEqual([{ type: "text", text: "called read" }])
  })

  test("that a key was not given is refused with evidence, the decision and a fix that was decided again", async () => {
    gateway.swap(configured(["files__list"], []))
    const { status, error } = await ask(url, "tools/call", { name: "files__write", arguments: {} }, KEYS.ONE)
    expect(status).toBe(200)
    expect(error?.code).toBe(403)
    expect(error?.data?.cause).toBe("access/tool-not-allowed")
    expect(error?.data?.evidence).toEqual([
      {
        fact: "key.tools",
        said: 'files__list does not allow "files__write"',
        observed: ["files__list"],
        required: "files__write",
      },
    ])
    expect(error?.data?.fix).toContainEqual(expect.objectContaining({ by: "operator", verified: true }))
    gateway.store.records.flush()
    const record = gateway.store.records.find(String(error?.data?.decision))
    expect(record).toMatchObject({ verdict: "deny", cause: "access/tool-not-allowed", key: "one", status: 200 })
    expect(record?.frame.facts).toMatchObject({ "mcp.tool": "files__write", "key.tools": ["files__list"] })
  })

  test("that there is not is told with those most like it, and none the key may not call", async () => {
    gateway.swap(configured(["files__read", "files__raed", "s.raed"], []))
    const { error } = await ask(url, "tools/call", { name: "files__raed", arguments: {} }, KEYS.ONE)
    expect(error?.code).toBe(-32602)
    expect(error?.data?.cause).toBe("mcp/tool-unknown")
    expect(JSON.stringify(error)).toContain('"mcp.tool becomes \\"files__read\\""'.slice(1, -1))
    expect(JSON.stringify(error)).not.toContain("s.read")
  })

  test("that was called is in the record of the decision", async () => {
    gateway.swap(configured(["files__*"], []))
    await ask(url, "tools/call", { name: "files__search", arguments: {} }, KEYS.ONE)
    gateway.store.records.flush()
    const [record] = gateway.store.records.recent({ limit: 1 })
    expect(record).toMatchObject({ verdict: "permit", key: "one", status: 200 })
    expect(record?.frame.facts["mcp.tool"]).toBe("files__search")
  })
})

test("the endpoint asks for a key where nothing is for everyone, and tells so as JSON-RPC", async () => {
  const gateway = start(["*"], [])
  const { status, error } = await ask(`${gateway.url}/mcp`, "tools/list")
  expect(status).toBe(401)
  expect(error?.data?.cause).toBe("identity/key-missing")
})

describe("a name that was decided is the name that is asked for", () => {
  const gateway = start(["x", "plain__*"], [])
  const url = `${gateway.url}/mcp`

  test("whatever else a call says", async () => {
    const params = { name: "x", uri: "files+file:///a", arguments: {}, _meta: undefined }
    expect((await ask(url, "tools/call", params, KEYS.ONE)).result?.content).toEqual([
      { type: "text", text: "called x" },
    ])
    const other = { name: "files__read", uri: "x", arguments: {} }
    expect((await ask(url, "tools/call", other, KEYS.ONE)).error?.data?.cause).toBe("access/tool-not-allowed")
  })

  test("whatever else what is completed says", async () => {
    gateway.swap(configured(["files__file:///a"], []))
    const ref = { type: "ref/prompt", name: "files__secret", uri: "files+file:///a" }
    const params = { ref, argument: { name: "a", value: "" } }
    expect((await ask(url, "completion/complete", params, KEYS.ONE)).error?.data?.cause).toBe(
      "access/prompt-not-allowed",
    )
  })
})

test("a key made at run time is given tools as scopes", async () => {
  const gateway = start([], [])
  const scopes = ["tool:files__re*", "orders:read"]
  const { secret } = gateway.store.keys.create({ name: "made", scopes })
  expect(namesIn(await ask(`${gateway.url}/mcp`, "tools/list", {}, secret))).toEqual(["files__read", "files__re.ad"])
  gateway.store.keys.revoke("made")
  expect((await ask(`${gateway.url}/mcp`, "tools/list", {}, secret)).status).toBe(401)
})

test("a key for which nothing is written may use nothing", async () => {
  const gateway = start(["*"], [])
  expect(namesIn(await ask(`${gateway.url}/mcp`, "tools/list", {}, KEYS.NONE))).toEqual([])
  const { error } = await ask(`${gateway.url}/mcp`, "tools/call", { name: "files__read" }, KEYS.NONE)
  expect(error?.data?.cause).toBe("access/tool-not-allowed")
})
