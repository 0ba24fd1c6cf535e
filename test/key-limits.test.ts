import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { z } from "zod"
import { type OwnGateway, PATIENCE, pinpoint, startOwn } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

const CONFIG = `listen: 127.0.0.1:0
management: 127.0.0.1:0
keys:
  - { name: alice, key: alice-0123456789abcdef, team: search, models: [small], budget: { day: "0.5" } }
teams:
  search: { tenant: acme, limits: { requests-per-minute: 5 } }
tenants:
  acme: { budget: { month: 900 } }
models:
  small: [{ provider: local, model: llama }]
  large: [{ provider: local, model: llama }]
providers:
  local: { dialect: openai, url: "http://127.0.0.1:9/v1", key: provider-secret }
`

const ANSWER = z.object({ verdict: z.string(), blockers: z.array(z.unknown()) })

let gateway: OwnGateway
beforeAll(async () => {
  gateway = await startOwn(CONFIG)
})
afterAll(() => gateway[Symbol.asyncDispose]())

const send = (method: string, body: unknown): RequestInit => ({ method, body: JSON.stringify(body) })

const asked = async (path: string, init?: RequestInit) => {
  const answer = await gateway.manage(path, init)
  return { status: answer.status, body: await answer.json() }
}

test("keys are made with limits, as the file writes them, and what is told of them is changed", async () => {
  const limits = { models: ["small"], limits: { tokensPerMinute: 1000 }, budget: { day: 5, month: "50.000000001" } }
  const made = await asked("/keys", send("POST", { name: "carol", team: "search", ...limits }))
  expect(made).toMatchObject({
    status: 201,
    body: { key: { team: "search", ...limits, budget: { day: "5", month: "50.000000001" } } },
  })
  const change = { tenant: "acme", models: null, limits: { requestsPerMinute: 3 }, budget: { day: null } }
  const { body } = await asked("/keys/carol", send("PATCH", change))
  expect(body).toMatchObject({
    tenant: "acme",
    limits: { tokensPerMinute: 1000, requestsPerMinute: 3 },
    budget: { month: "50.000000001" },
  })
  expect(body).not.toContainAnyKeys(["team", "models"])
})

test("a key of a team that is not there, or with an amount that is none, is refused with a way out", async () => {
  expect(await asked("/keys", send("POST", { name: "dan", team: "serach" }))).toMatchObject({
    status: 409,
    body: { detail: 'There is no team "serach" in the configuration. Did you mean search?' },
  })
  expect((await asked("/keys", send("POST", { name: "dan", budget: { day: 1e-10 } }))).status).toBe(400)
  const cli = await pinpoint(["keys", "create", "dan", "--team", "serach", "--data", gateway.data])
  expect([cli.code, cli.err]).toEqual([1, expect.stringContaining("Did you mean search?")])
})

test("the command line makes and limits keys, and lists those of the file with their limits", async () => {
  const data = ["--data", gateway.data, "--json"]
  const made = await pinpoint(["keys", "create", "erin", "--team", "search", "--models", "small,la*", ...data])
  expect(JSON.parse(made.out)).toMatchObject({ team: "search", models: ["small", "la*"] })
  const limited = await pinpoint(["keys", "limit", "erin", "--budget-month", "50.25", ...data])
  expect(JSON.parse(limited.out)).toMatchObject({ models: ["small", "la*"], budget: { month: "50.25" } })
  expect(JSON.parse((await pinpoint(["keys", "list", ...data])).out)).toContainEqual(
    expect.objectContaining({ name: "alice", team: "search", models: ["small"], budget: { day: "0.5" } }),
  )
})

test("a question about a key knows what it may use, with the place it is written at", async () => {
  const question = { method: "POST", path: "/v1/chat/completions", host: "a", address: "127.0.0.1", key: "alice" }
  const simulated = async (model: string) =>
    ANSWER.parse((await asked("/simulate", send("POST", { ...question, model }))).body)
  expect((await simulated("large")).blockers).toMatchObject([
    {
      cause: "access/model-not-allowed",
      evidence: [{ fact: "key.models", observed: ["small"], observedAt: expect.stringMatching(/pinpoint\.yaml:4$/) }],
    },
  ])
  expect(await simulated("small")).toEqual({ verdict: "permit", blockers: [] })
})

test("what is spent can be looked at", async () => {
  expect(await asked("/spending")).toEqual({
    status: 200,
    body: { accounts: [], underWay: [], settledByEstimate: [] },
  })
})
