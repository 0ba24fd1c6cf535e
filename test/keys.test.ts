import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { EXAMPLE_ENV, exampleWith } from "./gateway.fixture.ts"
import {
  freshly,
  type GatewayProcess,
  type OwnGateway,
  PATIENCE,
  pinpoint,
  startOwn,
  startUpstream,
  temporaryDirectory,
  until,
} from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const upstream = startUpstream("orders")
/** Where carol was made, and which no test changes. */
let shared: OwnGateway

const start = (): Promise<OwnGateway> =>
  startOwn(exampleWith(upstream.url).replace("management: 127.0.0.1:8081", "management: 127.0.0.1:0"), [], EXAMPLE_ENV)

beforeAll(async () => {
  shared = await start()
  await keys(shared, "create carol --scopes orders:read,orders:list")
})
afterAll(async () => {
  await shared[Symbol.asyncDispose]()
  await upstream.stop()
})

const keys = ({ data }: OwnGateway, line: string) => pinpoint(["keys", ...line.split(" "), "--data", data])
const ask = async ({ url }: GatewayProcess, secret: string, method = "GET"): Promise<number> =>
  (await freshly(`${url}/orders/1`, { "x-api-key": secret }, { method })).status

const KEY = z.object({ name: z.string(), scopes: z.array(z.string()), status: z.string() })

test("a key made on the command line opens at once, and its secret is said once and kept nowhere", async () => {
  await using gateway = await start()
  const { code, out, err } = await keys(gateway, "create carol --scopes orders:read,orders:list")
  const secret = out.trim()
  expect(code).toBe(0)
  expect(out).toBe(`${secret}\n`)
  expect(err).toBe('This is the secret of the key "carol". It is shown this once; only its hash is kept.\n')
  expect(await ask(gateway, secret)).toBe(200)
  const files = readdirSync(gateway.data).map((it) => readFileSync(join(gateway.data, it), "latin1"))
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((it) => it.includes(secret))).toEqual([])
  expect((await keys(gateway, "list --json")).out).not.toContain(secret)
})

test("all keys are listed, with where they are kept, for people and for machines", async () => {
  const { out } = await keys(shared, "list")
  expect(out).toMatch(/^name +key +status +scopes +made +kept at$/m)
  expect(out).toMatch(/^alice +- +active +orders:read +- +.+pinpoint\.yaml:18$/m)
  expect(out).toMatch(/^carol +\S+… +active +orders:read orders:list +\d{4}-\S+ +store$/m)
  const listed = z.array(KEY).parse(JSON.parse((await keys(shared, "list --json")).out))
  expect(listed.map(({ name }) => name)).toEqual(["alice", "bob", "carol"])
})

test("a scope granted on the command line is held beside those held before, and soon counts in the gateway", async () => {
  await using gateway = await start()
  const { secret } = z
    .object({ secret: z.string() })
    .parse(JSON.parse((await keys(gateway, "create dave --scopes orders:read --json")).out))
  expect(await ask(gateway, secret, "POST")).toBe(403)
  expect((await keys(gateway, "grant dave orders:write")).out).toBe(
    'The key "dave" now holds orders:read, orders:write.\n',
  )
  await until("the scope counts", async () => (await ask(gateway, secret, "POST")) === 200)
  expect(KEY.parse(JSON.parse((await keys(gateway, "grant dave orders:list --json")).out)).scopes).toContain(
    "orders:list",
  )
})

test("a key revoked on the command line soon opens nothing", async () => {
  await using gateway = await start()
  const secret = (await keys(gateway, "create erin --scopes orders:read")).out.trim()
  expect(await ask(gateway, secret)).toBe(200)
  expect((await keys(gateway, "revoke erin")).out).toBe('The key "erin" opens nothing any more.\n')
  await until("it opens nothing", async () => (await ask(gateway, secret)) === 401)
  expect((await keys(gateway, "list")).out).toMatch(/^erin .+ revoked /m)
})

test.each([
  ["create carol", /^.*"carol".*\n$/],
  ["create alice", /^The key "alice" is written in the configuration, at .+:18: change it there\.\n$/],
  ["revoke alice", /^The key "alice" is written in the configuration, at .+:18: change it there\.\n$/],
  ["grant nobody orders:read", /^There is no key named "nobody"; `pinpoint keys list` shows those there are\.\n$/],
  ["create frank --expires soon", /^--expires takes a date such as 2027-01-31, not "soon"\.\n$/],
  ["create frank --expires 2020-01-01", /^--expires takes a date to come, and 2020-01-01 is past\.\n$/],
  ["create fr@nk", /^"fr@nk" cannot name a key: .+\n$/],
])("`keys %s` is told in one line why it cannot be", async (line, said) => {
  const { code, out, err } = await keys(shared, line)
  expect({ code, out }).toEqual({ code: 1, out: "" })
  expect(err).toMatch(said)
})

test("a new token takes the place of the one before", async () => {
  await using gateway = await start()
  const { code, out } = await pinpoint(["token", "--data", gateway.data])
  expect(code).toBe(0)
  const listing = (token: string): Promise<Response> =>
    fetch(`${gateway.management}/keys`, { headers: { authorization: `Bearer ${token}` } })
  expect((await listing(out.trim())).status).toBe(200)
  expect((await listing(gateway.token)).status).toBe(401)
  const asJson = z
    .object({ token: z.string() })
    .parse(JSON.parse((await pinpoint(["token", "--data", gateway.data, "--json"])).out))
  expect((await listing(asJson.token)).status).toBe(200)
})

test("where no gateway has run, reading makes nothing and says so, and making a key says that it made the place", async () => {
  using directory = temporaryDirectory()
  const nowhere = join(directory.path, "nowhere")
  for (const line of [
    ["keys", "list"],
    ["keys", "revoke", "x"],
    ["explain", "019aa5c5-7f10-7000-8000-3e1f4b6c0a11"],
    ["simulate"],
  ]) {
    const { code, out, err } = await pinpoint([...line, "--data", nowhere])
    expect({ code, out }).toEqual({ code: 1, out: "" })
    expect(err).toStartWith(`There is no directory ${nowhere}: no gateway has run here. Start one with \`pinpoint up\``)
  }
  expect((await pinpoint(["keys", "create", "x", "--data", nowhere])).err).toStartWith(
    `There was no directory ${nowhere}; it was made.`,
  )
})
