import { afterAll, beforeAll, expect, test } from "bun:test"
import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { openStore } from "../src/adapters/sqlite/store.ts"
import {
  freshly,
  type GatewayProcess,
  startPinpoint,
  startUpstream,
  temporaryDirectory,
  until,
} from "./process.fixture.ts"

/** Two configurations of which every part differs, so that a mixture of them shows. */
const VERSIONS = ["a", "b"] as const
type Version = (typeof VERSIONS)[number]
const RELOADS = 100

const directory = temporaryDirectory()
const config = join(directory.path, "pinpoint.yaml")
const data = join(directory.path, "data")
const upstreams = { a: startUpstream("a"), b: startUpstream("b") }
let gateway: GatewayProcess

const PATTERN = { a: "/x/*", b: "/x/{id}" } as const
const configFor = (it: Version): string => `listen: 127.0.0.1:0
management: 127.0.0.1:0
services:
  it:
    upstream: ${upstreams[it].url}
    routes:
      - { path: "${PATTERN[it]}", methods: [GET] }
      - { path: /only-${it}, methods: [GET] }
    policies:
      - key-auth: {}
      - scopes: { GET: ["${it}:read"] }
keys:
  - { name: rich, key: rich-0123456789abcdef, scopes: ["${it}:read"] }
  - { name: poor, key: poor-0123456789abcdef, scopes: ["${it}:none"] }
records: { permits: 1 }
`

/** As editors do it: in place, by a new file under the old name, and in place with a word to the gateway. */
const WAYS: readonly ((text: string) => void)[] = [
  (text) => writeFileSync(config, text),
  (text) => {
    writeFileSync(`${config}.new`, text)
    renameSync(`${config}.new`, config)
  },
  (text) => {
    writeFileSync(config, text)
    gateway.signal("SIGHUP")
  },
]

const HEALTH = z.object({ status: z.literal("ok"), revision: z.string() })
const revisionInForce = async (): Promise<string> =>
  HEALTH.parse(await (await fetch(`${gateway.management}/health`)).json()).revision

beforeAll(async () => {
  writeFileSync(config, configFor("a"))
  gateway = await startPinpoint(["--config", config, "--data", data])
})
afterAll(async () => {
  await gateway.stop()
  await Promise.all([upstreams.a.stop(), upstreams.b.stop()])
  directory.remove()
})

/** What one answer says of the plan that made it; the decision's id where there is one. */
interface Told {
  readonly version: string
  readonly decision: string
}

async function askAsRich(ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${gateway.url}/x/1`, { "x-api-key": "rich-0123456789abcdef" })
  expect(answer.status).toBe(200)
  return { version: await answer.text(), decision: answer.headers.get("pinpoint-decision") ?? "" }
}

async function askAsPoor(ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${gateway.url}/x/1`, { "x-api-key": "poor-0123456789abcdef" })
  expect(answer.status).toBe(403)
  const { evidence, decision } = REFUSAL.parse(await answer.json())
  const { observed, required } = evidence[0]
  expect(["a:none a:read", "b:none b:read"]).toContain(`${observed} ${required}`)
  return { version: required.slice(0, 1), decision }
}

const REFUSAL = z.object({
  decision: z.string(),
  evidence: z.tuple([z.object({ observed: z.string(), required: z.string() })]),
})

async function askForA(ask: typeof freshly): Promise<Told> {
  const answer = await ask(`${gateway.url}/only-a`, { "x-api-key": "rich-0123456789abcdef" })
  const text = await answer.text()
  const decision = answer.headers.get("pinpoint-decision") ?? ""
  if (answer.status === 200) return { version: text, decision }
  expect(answer.status).toBe(404)
  expect(text).not.toContain("/only-a (")
  return { version: "b", decision }
}

const kept = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(url, { headers })

/** Asks without a pause until told to stop; on kept connections and on new ones. */
async function load(isDone: () => boolean, told: Told[]): Promise<void> {
  let hasFailed = false
  const callers = [kept, kept, freshly].flatMap((ask) =>
    [askAsRich, askAsPoor, askForA].map(async (request) => {
      while (!isDone() && !hasFailed) told.push(await request(ask))
    }),
  )
  await Promise.all(callers).catch((error) => {
    hasFailed = true
    throw error
  })
}

async function reloadOften(): Promise<ReadonlyMap<string, Version>> {
  const revisions = new Map<string, Version>([[await revisionInForce(), "a"]])
  for (let n = 1; n <= RELOADS; n++) {
    const next = VERSIONS[n % 2] ?? "a"
    const before = await revisionInForce()
    WAYS[n % WAYS.length]?.(configFor(next))
    await until("the change is in force", async () => (await revisionInForce()) !== before)
    revisions.set(await revisionInForce(), next)
  }
  return revisions
}

test("100 reloads under load drop no request, and none is decided by parts of two plans", async () => {
  let isDone = false
  const told: Told[] = []
  const loading = load(() => isDone, told)
  const reloading = reloadOften().finally(() => {
    isDone = true
  })
  const [revisions] = await Promise.all([reloading, loading])
  expect([...revisions.values()].sort()).toEqual(["a", "b"])
  expect(new Set(told.map(({ version }) => version))).toEqual(new Set(VERSIONS))
  await until("the newest decision is written", () => recordOf(told.at(-1)?.decision ?? "") !== undefined)
  const store = openStore(data, { readonly: true })
  try {
    for (const { version, decision } of told) {
      const record = store.records.find(decision)
      const { revision = "", facts = {} } = record?.frame ?? {}
      expect(`${decision} ${revisions.get(revision)}`).toBe(`${decision} ${version}`)
      const scopes = facts["key.scopes"]
      if (scopes !== undefined) expect(String(scopes)[0]).toBe(version)
    }
  } finally {
    store.close()
  }
  console.log(`reload: ${RELOADS} reloads, ${told.length} requests, none dropped, none mixed`)
}, 60_000)

function recordOf(decision: string) {
  const store = openStore(data, { readonly: true })
  try {
    return store.records.find(decision)
  } finally {
    store.close()
  }
}

test("a file with faults leaves the plan in force and says where they are; once mended, it is taken up", async () => {
  const before = await revisionInForce()
  const said = gateway.err().length
  writeFileSync(config, configFor("b").replace("key-auth", "kee-auth"))
  await until("the fault is told", () => gateway.err().slice(said).includes(`Plan ${before} stays in force.`))
  const text = gateway.err().slice(said)
  expect(text).toContain(`${config}:10:9 error`)
  expect(text).toContain("did you mean key-auth?")
  expect(await revisionInForce()).toBe(before)
  expect((await askAsRich(freshly)).version).toBe("a")
  writeFileSync(config, configFor("b"))
  await until("the mended file is in force", async () => (await revisionInForce()) !== before)
  expect((await askAsRich(freshly)).version).toBe("b")
})

test("a file that is gone for a moment leaves the plan in force, and SIGHUP says so", async () => {
  const before = await revisionInForce()
  const said = gateway.err().length
  renameSync(config, `${config}.away`)
  gateway.signal("SIGHUP")
  await until("it is told", () => gateway.err().slice(said).includes(`There is no file ${config}.`))
  expect(await revisionInForce()).toBe(before)
  renameSync(`${config}.away`, config)
  gateway.signal("SIGHUP")
  await until("it is told", () => gateway.err().slice(said).includes(`plan ${before} stays in force`))
  expect((await askAsRich(freshly)).version).toBe("b")
})
