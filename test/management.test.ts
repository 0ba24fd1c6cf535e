import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { EXAMPLE_ENV, exampleWith } from "./gateway.fixture.ts"
import { statusOf } from "./message.fixture.ts"
import { freshly, type GatewayProcess, PATIENCE, startPinpoint, temporaryDirectory, until } from "./process.fixture.ts"
import { closeRawClients, RawClient } from "./raw.fixture.ts"

setDefaultTimeout(PATIENCE)

const directory = temporaryDirectory()
let gateway: GatewayProcess
let decision = ""

beforeAll(async () => {
  const config = join(directory.path, "pinpoint.yaml")
  writeFileSync(
    config,
    exampleWith("http://127.0.0.1:9").replace("management: 127.0.0.1:8081", "management: 127.0.0.1:0"),
  )
  gateway = await startPinpoint(["--config", config, "--data", join(directory.path, "data")], EXAMPLE_ENV)
  const refused = await freshly(`${gateway.url}/orders/1`, { "x-api-key": EXAMPLE_ENV.ALICE_KEY }, { method: "POST" })
  decision = refused.headers.get("pinpoint-decision") ?? ""
})
afterAll(async () => {
  await gateway.stop()
  directory.remove()
})

const PROBLEM = z.object({ title: z.string(), status: z.number(), detail: z.string() })

async function problemOf(path: string, init: RequestInit = {}): Promise<z.output<typeof PROBLEM>> {
  const answer = await gateway.manage(path, init)
  expect(answer.headers.get("content-type")).toBe("application/problem+json")
  const problem = PROBLEM.parse(await answer.json())
  expect(problem.status).toBe(answer.status)
  return problem
}

test("anyone may ask for its health, and nobody without the token for anything else", async () => {
  expect((await fetch(`${gateway.management}/health`)).status).toBe(200)
  for (const path of ["/decisions", "/keys", "/plan", "/nothing", `/decisions/${decision}`]) {
    const answer = await fetch(gateway.management + path)
    expect(answer.status).toBe(401)
    expect(answer.headers.get("www-authenticate")).toContain("Bearer")
  }
  const wrong = await fetch(`${gateway.management}/keys`, {
    headers: { authorization: `Bearer ${EXAMPLE_ENV.BOB_KEY}` },
  })
  expect(wrong.status).toBe(401)
})

test("a Host that is none, or none at all, is no fault of ours: what is asked for is in the path", async () => {
  const port = Number(new URL(gateway.management).port)
  for (const [head, status] of [
    ["GET /health HTTP/1.0\r\n\r\n", 200],
    ["GET /health HTTP/1.1\r\nHost: [\r\n\r\n", 200],
    ["GET /plan HTTP/1.1\r\nHost: a b\r\n\r\n", 401],
    ["GET //health HTTP/1.1\r\nHost: a\r\n\r\n", 401],
  ] as const) {
    const client = await RawClient.open(port)
    expect(statusOf(await client.send(head).answer())).toBe(status)
  }
  closeRawClients()
})

test("a decision is told whole to operators, and as each audience was told it to whoever asks for that", async () => {
  const whole = await (await gateway.manage(`/decisions/${decision}`)).json()
  expect(whole).toMatchObject({
    id: decision,
    key: "alice",
    phase: "request",
    explanation: { cause: "access/scope-missing" },
  })
  const anonymous = await (await gateway.manage(`/decisions/${decision}?audience=anonymous`)).text()
  expect(anonymous).toContain("access/scope-missing")
  expect(anonymous).not.toContain("pinpoint.yaml")
  expect(anonymous).not.toContain("alice")
  expect((await problemOf(`/decisions/${decision}?audience=everyone`)).status).toBe(400)
  expect((await problemOf("/decisions/019aa5c5-7f10-7000-8000-3e1f4b6c0a11")).status).toBe(404)
})

test("the newest decisions are listed by verdict and cause", async () => {
  const ids = async (query: string): Promise<readonly string[]> =>
    z
      .array(z.looseObject({ id: z.string() }))
      .parse(await (await gateway.manage(`/decisions${query}`)).json())
      .map(({ id }) => id)
  await until("it is listed", async () => (await ids("")).includes(decision))
  expect(await ids("?verdict=deny&cause=access/scope-missing")).toEqual([decision])
  expect(await ids("?cause=route/not-found")).toEqual([])
  expect((await problemOf("/decisions?limit=0")).status).toBe(400)
  expect((await problemOf("/decisions?verdict=maybe")).status).toBe(400)
  expect((await problemOf("/decisions?cause=scope-missing")).detail).toContain("Did you mean access/scope-missing?")
})

test("keys are made, given other scopes and withdrawn; keys of the file are changed in the file", async () => {
  const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) })
  const made = await gateway.manage("/keys", send("POST", { name: "carol", scopes: ["orders:read"] }))
  expect(made.status).toBe(201)
  expect(made.headers.get("cache-control")).toBe("no-store")
  const changed = await gateway.manage("/keys/carol", send("PATCH", { scopes: ["orders:write"] }))
  expect(await changed.json()).toMatchObject({ name: "carol", scopes: ["orders:write"] })
  expect(await (await gateway.manage("/keys/carol", { method: "DELETE" })).json()).toMatchObject({ status: "revoked" })
  expect((await problemOf("/keys", send("POST", { name: "carol" }))).status).toBe(409)
  expect((await problemOf("/keys", send("POST", { nam: "carol" }))).status).toBe(400)
  expect((await problemOf("/keys", { method: "POST", body: "{" })).status).toBe(400)
  expect((await problemOf("/keys/nobody", { method: "DELETE" })).status).toBe(404)
  expect((await problemOf("/keys/alice", { method: "DELETE" })).detail).toMatch(
    /written at .+pinpoint\.yaml:18; change it there/,
  )
})

test("the page of a cause and the plan in force are told, and a path that does not parse is no fault of ours", async () => {
  expect(await (await gateway.manage("/causes/access/scope-missing")).text()).toContain("access/scope-missing")
  expect((await problemOf("/causes/access/scope-mising")).detail).toContain("Did you mean access/scope-missing?")
  const plan = await (await gateway.manage("/plan")).text()
  expect(plan).toContain("orders:write")
  expect(plan).not.toContain(EXAMPLE_ENV.ALICE_KEY)
  expect((await problemOf("/keys/%zz", { method: "DELETE" })).status).toBe(400)
  expect((await problemOf("/nothing")).detail).toContain("GET /health")
  expect(gateway.err()).toBe("")
})
