import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { z } from "zod"
import { answer, type Question } from "../src/management/simulation.ts"
import { CASE_ENV } from "./cases/live.fixture.ts"
import { planFor } from "./gateway.fixture.ts"
import { type GatewayProcess, PATIENCE, pinpoint, startPinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(PATIENCE)

/** Alice may use all; Bob only what is small, as his team says, and has a budget. */
const CONFIG = `
listen: 127.0.0.1:0
management: 127.0.0.1:0
keys:
  - { name: alice, key: "\${ALICE_KEY}" }
  - { name: bob, key: "\${BOB_KEY}", team: search }
teams:
  search: { models: ["*-small"], budget: { day: 5 }, limits: { tokens-per-minute: 1000 } }
models:
  gpt-small: [{ provider: local, model: gpt-small }]
  gpt-large: [{ provider: local, model: gpt-large }]
  claude-small: [{ provider: other, model: claude-small }]
providers:
  local: { dialect: openai, url: "http://127.0.0.1:9/v1", key: none }
  other: { dialect: anthropic, url: "http://127.0.0.1:9/v1", key: none }
guardrails:
  - sensitive-data: { models: ["gpt-*"] }
  - language: { allow: [en], models: ["gpt-*"] }
  - length: { request: { words: 100 }, models: ["gpt-*"] }
  - prompt-injection: { models: ["gpt-*"] }
`

const built = planFor(CONFIG, CASE_ENV)
const keys = new Map(built.keys.map(({ key }) => [key.name, key]))

function asked(key: "alice" | "bob" | null, question: Question) {
  const { verdict, blockers, unknown, assumed } = answer(
    built.plan,
    { ...question, key: key === null ? null : (keys.get(key) ?? null) },
    built.groups,
  )
  return { verdict, causes: blockers.map(({ cause }) => cause), unknown, assumed }
}

describe("whether a key may call a model", () => {
  test("is what its team's patterns say, whichever address it is asked at", () => {
    const models = fc.constantFrom("gpt-small", "gpt-large", "claude-small")
    const paths = fc.constantFrom(undefined, "/v1/chat/completions", "/v1/messages", "/v1/responses")
    fc.assert(
      fc.property(models, paths, (model, path) => {
        const question = { model, ...(path !== undefined && { method: "POST", path }) }
        const isSmall = model.endsWith("-small")
        expect(asked("alice", question)).toMatchObject({ verdict: "permit", causes: [] })
        expect(asked("bob", question)).toMatchObject(
          isSmall ? { verdict: "permit", causes: [] } : { verdict: "deny", causes: ["access/model-not-allowed"] },
        )
      }),
    )
  })

  test("is told of an address that names the model itself", () => {
    const path = "/v1beta/models/gpt-large:generateContent"
    expect(asked("alice", { method: "POST", path })).toMatchObject({ verdict: "permit" })
    expect(asked("bob", { method: "POST", path }).causes).toEqual(["access/model-not-allowed"])
  })

  test("is no for a model that is not served, for a kind of call it is not offered for, and without a key", () => {
    expect(asked("alice", { model: "gpt-huge" }).causes).toEqual(["model/not-found"])
    const embeddings = { method: "POST", path: "/v1/embeddings", model: "claude-small" }
    expect(asked("alice", embeddings).causes).toEqual(["model/operation-not-offered"])
    expect(asked(null, { model: "gpt-small" }).causes).toContain("identity/key-missing")
  })

  test("names what was assumed of limits and of what is said", () => {
    const said = [
      "guardrail.sensitive-data.request.v1",
      "guardrail.language.request.v1",
      "guardrail.length.words.request.v1",
      "guardrail.prompt-injection.request.v1",
      "guardrail.prompt-injection.signals.request.v1",
    ]
    expect(asked("alice", { model: "gpt-small" })).toMatchObject({ unknown: [], assumed: said })
    expect(asked("bob", { model: "gpt-small" }).assumed).toEqual([
      "model.tokens",
      "quota.tokens-taken-by-team",
      "model.dollars",
      "quota.dollars-taken-per-day-by-team",
      ...said,
    ])
  })
})

describe("the command and the management side", () => {
  const directory = temporaryDirectory()
  const data = join(directory.path, "data")
  let gateway: GatewayProcess

  beforeAll(async () => {
    const config = join(directory.path, "pinpoint.yaml")
    writeFileSync(config, CONFIG)
    gateway = await startPinpoint(["--config", config, "--data", data], CASE_ENV)
  })
  afterAll(async () => {
    await gateway.stop()
    directory.remove()
  })

  test("answer alike whether Bob may call a model", async () => {
    const told = z.object({ verdict: z.string(), blockers: z.array(z.object({ cause: z.string() })) })
    for (const [model, verdict, code] of [
      ["gpt-small", "permit", 0],
      ["gpt-large", "deny", 1],
    ] as const) {
      const run = await pinpoint(["simulate", "--model", model, "--key-name", "bob", "--data", data, "--json"])
      const body = JSON.stringify({ model, key: "bob" })
      const posted = await (await gateway.manage("/simulate", { method: "POST", body })).json()
      expect(run.code).toBe(code)
      expect(told.parse(JSON.parse(run.out))).toMatchObject({ verdict })
      expect(told.parse(posted)).toEqual(told.parse(JSON.parse(run.out)))
    }
  })

  test("say in words what would be refused, and what was assumed", async () => {
    const ask = async (model: string) =>
      (await pinpoint(["simulate", "--model", model, "--key-name", "bob", "--data", data])).out
    expect(await ask("gpt-large")).toStartWith("It would be refused.\n")
    expect(await ask("gpt-large")).toContain("access/model-not-allowed")
    expect(await ask("gpt-small")).toStartWith("It would pass.\n")
    expect(await ask("gpt-small")).toContain("Assumed to say nothing that a guardrail looks for: guardrail.")
  })
})
