import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import fc from "fast-check"
import { z } from "zod"
import { startManagement } from "../../src/management/management.ts"
import { Catalogue } from "../../src/models/catalogue/catalogue.ts"
import { planFor, startTestGateway, type TestGateway } from "../gateway.fixture.ts"

setDefaultTimeout(60_000)

const secretOf = (key: string): string => `${key}-0123456789abcdef`

/** Of the catalogue, what `gpt-4.1*` stands for. */
const known = new Catalogue()
  .rowsOf("openai")
  .map(({ id }) => id)
  .filter((it) => it.startsWith("gpt-4.1"))
const PATTERNED = "gpt-4.1*"
const EXACT = ["small", "large", "acme/one", "vectors"] as const
const ALIASES = ["default", "best-one", "acme/alias"] as const
/** Names of which no configuration says anything, or only a pattern. */
const OTHERS = ["acme/any", "nothing", "gpt-4.1", "acme/", "a/b/c"] as const
const UNIVERSE = [...new Set([...EXACT, ...ALIASES, ...OTHERS, ...known])]

const PROVIDERS = ["chats", "claude", "google", "ranks", "nobody"] as const
const providers = `providers:
  chats: { dialect: openai, url: "http://127.0.0.1:1/v1", key: k }
  claude: { use: anthropic, url: "http://127.0.0.1:1/v1", key: k }
  google: { use: gemini, url: "http://127.0.0.1:1/v1beta", key: k }
  ranks: { use: jina, url: "http://127.0.0.1:1/v1", key: k }
  nobody: { use: openai, url: "http://127.0.0.1:1/v1", key: k }
`

interface Setting {
  readonly models: readonly { readonly name: string; readonly aliases: readonly string[]; readonly by: string }[]
  readonly keys: readonly {
    readonly models: readonly string[] | undefined
    readonly of: string | undefined
  }[]
  readonly team: readonly string[] | undefined
  readonly tenant: readonly string[] | undefined
}

const patterns = fc.option(
  fc.uniqueArray(fc.constantFrom("*", "small", "acme/*", "*a*", "gpt-4.1-*", "l*", "vectors", "default", "gpt-*"), {
    minLength: 1,
    maxLength: 3,
  }),
  { nil: undefined, freq: 2 },
)
const settings: fc.Arbitrary<Setting> = fc.record({
  models: fc
    .uniqueArray(
      fc.record({
        name: fc.constantFrom(...EXACT, PATTERNED, "acme/*"),
        aliases: fc.subarray([...ALIASES], { maxLength: 2 }),
        by: fc.constantFrom(...PROVIDERS),
        // Of these the catalogue knows no models.
        ofAny: fc.constantFrom("chats", "ranks"),
      }),
      { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
    )
    .map((all) => {
      const taken = new Set<string>()
      return all.map((it) => ({
        name: it.name,
        by: it.name === "acme/*" ? it.ofAny : it.by,
        aliases: it.name.endsWith("*") ? [] : it.aliases.filter((alias) => !taken.has(alias) && taken.add(alias)),
      }))
    }),
  keys: fc.array(fc.record({ models: patterns, of: fc.constantFrom(undefined, "team", "tenant") }), {
    minLength: 1,
    maxLength: 3,
  }),
  team: patterns,
  tenant: patterns,
})

const modelsOf = (it: readonly string[] | undefined): string =>
  it === undefined ? "" : `, models: ${JSON.stringify(it)}`

const configFor = ({ models, keys, team, tenant }: Setting): string => `
listen: 127.0.0.1:0
tenants: { one: { budget: { day: 100 }${modelsOf(tenant)} } }
teams: { ours: { tenant: one${modelsOf(team)} } }
keys:
${keys.map(({ models: own, of }, i) => `  - { name: k${i}, key: ${secretOf(`k${i}`)}${of === "team" ? ", team: ours" : of === "tenant" ? ", tenant: one" : ""}${modelsOf(own)} }`).join("\n")}
models:
${models.map(({ name, aliases, by }) => `  "${name}": { targets: [{ provider: ${by}, model: "${name === PATTERNED ? PATTERNED : name.endsWith("*") ? "*" : "m"}" }], retries: 0, aliases: ${JSON.stringify(aliases)} }`).join("\n")}
${providers}`

const CALLS: readonly ((model: string) => readonly [path: string, body: unknown])[] = [
  (model) => ["/v1/chat/completions", { model, messages: [{ role: "user", content: "Hi" }] }],
  (model) => ["/v1/messages", { model, max_tokens: 9, messages: [{ role: "user", content: "Hi" }] }],
  (model) => [
    `/v1beta/models/${encodeURIComponent(model)}:generateContent`,
    { contents: [{ role: "user", parts: [{ text: "Hi" }] }] },
  ],
  (model) => ["/v1/embeddings", { model, input: "Hi" }],
  (model) => ["/v1/rerank", { model, query: "Hi", documents: ["a"] }],
]
const DENIED = ["access/model-not-allowed", "model/not-found", "model/operation-not-offered"]

const openaiList = z.object({ data: z.array(z.looseObject({ id: z.string() })) })
const geminiList = z.object({ models: z.array(z.looseObject({ name: z.string() })) })
const managed = z.object({ models: z.array(z.looseObject({ id: z.string(), keys: z.array(z.string()) })) })

let gateway: TestGateway
let plan = planFor("listen: 127.0.0.1:0", {})
let management: ReturnType<typeof startManagement>
beforeAll(() => {
  gateway = startTestGateway("listen: 127.0.0.1:0")
  management = startManagement({
    hostname: "127.0.0.1",
    port: 0,
    store: gateway.store,
    plan: () => plan,
    onFault: (fault) => gateway.faults.push(fault),
  })
})
afterAll(async () => {
  await management.stop()
  await gateway.stop()
})

const swap = (config: string): void => {
  plan = planFor(config, {})
  gateway.swap(config)
}

const get = (path: string, key: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(gateway.url + path, { headers: { authorization: `Bearer ${secretOf(key)}`, ...headers } })

const manage = (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${management.port}${path}`, { headers: { authorization: `Bearer ${gateway.token}` } })

/** By calling it in every way; what is not refused for the model's name fails at a provider that is not there. */
async function isPermitted(model: string, key: string): Promise<boolean> {
  const causes = await Promise.all(
    CALLS.map(async (call) => {
      const [path, body] = call(model)
      const answer = await fetch(gateway.url + path, {
        method: "POST",
        headers: { "x-api-key": secretOf(key), "content-type": "application/json" },
        body: JSON.stringify(body),
      })
      await answer.arrayBuffer()
      return answer.headers.get("pinpoint-cause") ?? ""
    }),
  )
  const others = causes.filter((it) => !DENIED.includes(it))
  expect(others.filter((it) => it !== "upstream/unreachable")).toEqual([])
  return others.length > 0
}

const sorted = (names: readonly string[]): readonly string[] => names.toSorted()

test("lists, the management side and the decision know the same models for every key", async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (setting) => {
      swap(configFor(setting))
      const named = setting.models.flatMap(({ name, aliases }) => (name.endsWith("*") ? [] : [name, ...aliases]))
      const patterned = setting.models.find(({ name }) => name === PATTERNED)
      const isKnown = patterned !== undefined && patterned.by === "nobody"
      const enumerable = new Set([...named, ...(isKnown ? known : [])])
      const callers = managed.parse(await (await manage("/models")).json()).models
      for (const [i] of setting.keys.entries()) {
        const key = `k${i}`
        const permitted: string[] = []
        for (const model of UNIVERSE) {
          const isAllowed = await isPermitted(model, key)
          if (isAllowed) permitted.push(model)
          const one = await get(`/v1/models/${model}`, key)
          expect([model, one.status === 200]).toEqual([model, isAllowed])
          await one.arrayBuffer()
        }
        const listed = sorted(permitted.filter((it) => enumerable.has(it)))
        const openai = openaiList.parse(await (await get("/v1/models", key)).json())
        const anthropic = openaiList.parse(
          await (await get("/v1/models", key, { "anthropic-version": "2023-06-01" })).json(),
        )
        const gemini = geminiList.parse(await (await get("/v1beta/models", key)).json())
        expect(sorted(openai.data.map(({ id }) => id))).toEqual(listed)
        expect(sorted(anthropic.data.map(({ id }) => id))).toEqual(listed)
        expect(sorted(gemini.models.map(({ name }) => name.slice("models/".length)))).toEqual(listed)
        expect(sorted(callers.filter((it) => it.keys.includes(key)).map(({ id }) => id))).toEqual(listed)
        const own = managed.parse(await (await manage(`/models?key=${key}`)).json()).models
        expect(sorted(own.map(({ id }) => id))).toEqual(listed)
      }
    }),
    { numRuns: 16 },
  )
  expect(gateway.faults).toEqual([])
})

const FIXED = `
listen: 127.0.0.1:0
keys:
  - { name: alice, key: ${secretOf("alice")}, models: ["small*"], budget: { day: 1 }, limits: { requests-per-minute: 1 } }
models:
  small: [{ provider: chats, model: a/b }]
  "small/er": [{ provider: chats, model: c }]
  large: [{ provider: chats, model: d }]
  silent: [{ provider: ranks, model: e }]
${providers}`

test("a model that is looked up is told of, or refused in the dialect with its cause", async () => {
  swap(FIXED)
  expect(await (await get("/v1/models/small%2Fer", "alice")).json()).toMatchObject({ id: "small/er", object: "model" })
  expect(await (await get("/v1/models/small/er", "alice")).json()).toMatchObject({ id: "small/er" })
  expect(await (await get("/v1beta/models/small", "alice")).json()).toMatchObject({ name: "models/small" })
  const version = { "anthropic-version": "2023-06-01" }
  expect(await (await get("/v1/models/small", "alice", version)).json()).toMatchObject({ type: "model", id: "small" })

  const unknown = await get("/v1/models/smaller", "alice")
  expect([unknown.status, unknown.headers.get("pinpoint-cause")]).toEqual([404, "model/not-found"])
  expect(await unknown.json()).toMatchObject({ error: { code: "model/not-found", param: "model" } })
  const forbidden = await get("/v1/models/large", "alice", version)
  expect([forbidden.status, forbidden.headers.get("pinpoint-cause")]).toEqual([403, "access/model-not-allowed"])
  expect(await forbidden.json()).toMatchObject({ type: "error", error: { type: "permission_error" } })
  const other = await get("/v1beta/models/large", "alice")
  expect(await other.json()).toMatchObject({ error: { code: 403, status: "PERMISSION_DENIED" } })
  expect((await get("/v1/models/", "alice")).headers.get("pinpoint-cause")).toBe("model/not-named")
})

test("looking at models takes nothing of what a key has, and asks for a key", async () => {
  swap(FIXED)
  const before = gateway.store.ledger.accounts()
  for (let i = 0; i < 3; i++) {
    expect((await get("/v1/models", "alice")).status).toBe(200)
    expect((await get("/v1/models/small", "alice")).status).toBe(200)
  }
  expect(gateway.store.ledger.accounts()).toEqual(before)
  expect((await fetch(`${gateway.url}/v1/models/small`)).status).toBe(401)
  expect((await get("/v1/models", "nobody")).status).toBe(401)
})

test("a key of a group that is gone is told so, as its calls would be, and the management side counts it nowhere", async () => {
  swap(`${FIXED}\nteams: { gone: {} }`)
  const { secret } = gateway.store.keys.create({ name: "carol", scopes: [], team: "gone" })
  swap(FIXED)
  const listed = await fetch(`${gateway.url}/v1/models`, { headers: { "x-api-key": secret } })
  expect([listed.status, listed.headers.get("pinpoint-cause")]).toEqual([403, "access/group-unknown"])
  expect(managed.parse(await (await manage("/models?key=carol")).json()).models).toEqual([])
  expect((await manage("/models?key=nobody")).status).toBe(404)
})
