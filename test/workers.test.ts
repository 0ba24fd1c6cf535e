import { expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import {
  freshly,
  type OwnGateway,
  PATIENCE,
  pinpoint,
  startOwn,
  startUpstream,
  temporaryDirectory,
  until,
} from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const CONNECTIONS = 40
const LIMIT = 50
const KEY = { "x-api-key": "rich-0123456789abcdef" }

const configFor = (url: string): string => `listen: 127.0.0.1:0
management: 127.0.0.1:0
services:
  limited:
    upstream: ${url}
    routes: [{ path: /limited/* }]
    policies: [{ key-auth: {} }, { rate-limit: { requests: ${LIMIT}, per: hour } }]
  free:
    upstream: ${url}
    routes: [{ path: /free/* }]
    policies: [{ key-auth: {} }]
keys: [{ name: rich, key: rich-0123456789abcdef }]
records: { permits: 1 }
`

/** A gateway of two threads before this upstream. */
const startTwo = (url: string): Promise<OwnGateway> => startOwn(configFor(url), ["--workers", "2", "--log"])

/** The same request on many connections at once. */
const many = (url: string, headers: Readonly<Record<string, string>>, n = CONNECTIONS): Promise<readonly Response[]> =>
  Promise.all(Array.from({ length: n }, () => freshly(url, headers)))

const statuses = (answers: readonly Response[]): ReadonlySet<number> => new Set(answers.map(({ status }) => status))

test("connections are spread over both threads", async () => {
  await using upstream = startUpstream("orders")
  await using gateway = await startTwo(upstream.url)
  expect(statuses(await many(`${gateway.url}/free/1`, KEY))).toEqual(new Set([200]))
  await until(
    "both threads tell of decisions",
    () => /thread 1\n/.test(gateway.err()) && /thread 2\n/.test(gateway.err()),
  )
})

test("a limit is exact over all threads and connections", async () => {
  await using upstream = startUpstream("orders")
  await using gateway = await startTwo(upstream.url)
  const answers = await many(`${gateway.url}/limited/1`, KEY, LIMIT * 4)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(LIMIT)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(LIMIT * 3)
})

const CREATED = z.object({ secret: z.string() })

test("a key made while it runs opens at once on every thread, and one revoked soon opens nothing on any", async () => {
  await using upstream = startUpstream("orders")
  await using gateway = await startTwo(upstream.url)
  const made = await gateway.manage("/keys", { method: "POST", body: JSON.stringify({ name: "carol" }) })
  const carol = { "x-api-key": CREATED.parse(await made.json()).secret }
  expect(statuses(await many(`${gateway.url}/free/1`, carol))).toEqual(new Set([200]))
  const { secret } = CREATED.parse(
    JSON.parse((await pinpoint(["keys", "create", "dave", "--data", gateway.data, "--json"])).out),
  )
  expect(statuses(await many(`${gateway.url}/free/1`, { "x-api-key": secret }))).toEqual(new Set([200]))
  expect((await gateway.manage("/keys/carol", { method: "DELETE" })).status).toBe(200)
  await until("no thread lets carol in", async () => {
    const seen = statuses(await many(`${gateway.url}/free/1`, carol))
    return seen.size === 1 && seen.has(401)
  })
  expect(statuses(await many(`${gateway.url}/free/1`, { "x-api-key": secret }))).toEqual(new Set([200]))
})

test("once a change is in force, it is so on every thread", async () => {
  await using upstream = startUpstream("orders")
  await using other = startUpstream("other")
  await using gateway = await startTwo(upstream.url)
  const revision = async (): Promise<string> => (await gateway.manage("/health")).text()
  const before = await revision()
  writeFileSync(gateway.config, configFor(other.url).replace("/free/*", "/open/*"))
  await until("the change is in force", async () => (await revision()) !== before)
  const answers = await many(`${gateway.url}/open/1`, KEY)
  expect(new Set(await Promise.all(answers.map((it) => it.text())))).toEqual(new Set(["other"]))
  expect(statuses(await many(`${gateway.url}/free/1`, KEY))).toEqual(new Set([404]))
})

test("another gateway cannot take a share of the port unnoticed", async () => {
  await using upstream = startUpstream("orders")
  await using gateway = await startTwo(upstream.url)
  using directory = temporaryDirectory()
  const port = new URL(gateway.url).port
  const taken = join(directory.path, "taken.yaml")
  writeFileSync(taken, configFor(upstream.url).replace("listen: 127.0.0.1:0", `listen: 127.0.0.1:${port}`))
  const { code, err } = await pinpoint([
    "up",
    "--config",
    taken,
    "--data",
    join(directory.path, "else"),
    "--workers",
    "2",
  ])
  expect(code).toBe(1)
  expect(err).toBe(
    `127.0.0.1:${port} is taken by another program, so the gateway cannot be opened there. Stop that program, or set \`listen\` in ${taken}.\n`,
  )
})

test("requests under way when it is told to stop are answered whole", async () => {
  await using upstream = startUpstream("orders")
  await using gateway = await startTwo(upstream.url)
  const answers = Array.from({ length: 8 }, () => freshly(`${gateway.url}/free/slow`, KEY))
  await until("they wait for the upstream", () => upstream.waiting() === answers.length)
  gateway.signal("SIGTERM")
  await until("it stops", () => gateway.err().includes("stopping"))
  upstream.goOn()
  const texts = await Promise.all(answers.map(async (it) => (await it).text()))
  expect(texts).toEqual(answers.map(() => "orders"))
  expect(await gateway.exited).toBe(0)
})
