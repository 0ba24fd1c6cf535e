import { afterAll, beforeAll, expect, test } from "bun:test"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { askRaw } from "./dialects.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { listen, type Server } from "./providers/server.fixture.ts"

const A = "key-a-0123456789abcdef"
const B = "key-b-0123456789abcdef"

let gateway: TestGateway
let pooled: PooledProvider
beforeAll(async () => {
  pooled = await startPooled()
  const url = `http://127.0.0.1:${pooled.port}`
  gateway = startTestGateway(`
listen: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models:
  pool-401: { targets: [{ provider: pool-401, model: works }], retries: 0 }
  pool-429: { targets: [{ provider: pool-429, model: works }], retries: 0 }
providers:
  pool-401: { dialect: openai, url: "${url}/401", keys: [${A}, ${B}] }
  pool-429: { dialect: openai, url: "${url}/429", keys: [${A}, ${B}] }
`)
})
afterAll(async () => {
  await gateway.stop()
  await pooled.stop()
})

interface PooledProvider extends Server {
  /** The keys it was asked with, by the status that it refuses the first of them with. */
  readonly asked: readonly { readonly path: string; readonly key: string }[]
}

/** Refuses key A with the status that its address names, and takes key B. */
async function startPooled(): Promise<PooledProvider> {
  const asked: { path: string; key: string }[] = []
  const server = await listen(({ path, headers }) => {
    const key = headers.get("authorization")?.slice("Bearer ".length) ?? ""
    asked.push({ path, key })
    const refused = { error: { message: `Not with ${key}`, type: "x", param: null, code: null } }
    const message = { role: "assistant", content: "hi" }
    const told = {
      id: "c",
      object: "chat.completion",
      created: 1,
      model: "m",
      choices: [{ index: 0, message, finish_reason: "stop" }],
    }
    return {
      reply: {
        kind: "whole",
        status: key === B ? 200 : Number(path.split("/")[1]),
        headers: { "content-type": "application/json" },
        body: JSON.stringify(key === B ? told : refused),
      },
      left: () => {
        // Nobody goes early.
      },
    }
  })
  return { ...server, asked }
}

test.each([401, 429])(
  "a pool moves on to its other key when %d comes for one, and lets that one rest",
  async (status) => {
    const calls = Array.from({ length: 12 })
    for (const _ of calls) {
      const answer = await askRaw(gateway, "anthropic", `pool-${status}`, { key: CALLER_KEY })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain("hi")
    }
    const keys = pooled.asked.filter(({ path }) => path.startsWith(`/${status}/`)).map(({ key }) => key)
    expect(keys.filter((it) => it === B)).toHaveLength(calls.length)
    // Its turn would have come six times. Once it was asked it was left alone, if not for ever.
    expect(keys.filter((it) => it === A).length).toBeLessThan(4)
  },
)
