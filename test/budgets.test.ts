import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { openStore } from "../src/adapters/sqlite/store.ts"
import { accountOf } from "../src/ports/ledger.ts"
import { dollars } from "../src/ports/money.ts"
import { type GatewayProcess, PATIENCE, startPinpoint, temporaryDirectory } from "./process.fixture.ts"

setDefaultTimeout(4 * PATIENCE)

const SECRET = "alice-0123456789abcdef"
const ROUNDS = 20

/** Each call may cost a dollar by its estimate, and costs half of it. */
const configFor = (provider: string, budget: number): string => `listen: 127.0.0.1:0
management: 127.0.0.1:0
keys:
  - { name: alice, key: ${SECRET}, budget: { day: ${budget}, month: 1000 } }
models:
  large:
    targets: [{ provider: local, model: llama }]
    price: { input: 0, output: 10 }
providers:
  local: { dialect: openai, url: "${provider}/v1", key: provider-secret }
`

const ANSWER = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1_735_722_000,
  model: "llama",
  choices: [{ index: 0, message: { role: "assistant", content: "Hello!" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 9, completion_tokens: 50_000, total_tokens: 50_009 },
}

/** A provider that answers when it is told to. */
class Provider {
  readonly #server: ReturnType<typeof Bun.serve>
  /** Answers every call it has, and every further one. */
  answers = Promise.withResolvers<void>()
  /** Of so many calls one is never answered. */
  silentEvery = Number.MAX_SAFE_INTEGER
  seen = 0
  silent = 0

  constructor() {
    this.#server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch: async (request) => {
        await request.arrayBuffer()
        if (++this.seen % this.silentEvery === 0) {
          this.silent++
          await Promise.withResolvers<void>().promise
        }
        await this.answers.promise
        return Response.json(ANSWER)
      },
    })
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`
  }

  stop(): Promise<void> {
    return this.#server.stop(true)
  }
}

const ask = (gateway: GatewayProcess): Promise<Response> =>
  fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "large", max_tokens: 100_000, messages: [{ role: "user", content: "Hello" }] }),
  })

/** Asks a gateway that is killed meanwhile. */
async function askInVain(gateway: GatewayProcess): Promise<void> {
  try {
    await (await ask(gateway)).arrayBuffer()
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
}

/** Of this day, or of the one that began meanwhile. */
function spentIn(data: string, since: number): { readonly dollars: number; readonly open: number } {
  const store = openStore(data)
  try {
    const accounts = new Set([since, Date.now()].map((at) => accountOf("key alice", "day", at)))
    const spent = Array.from(accounts, (it) => Number(dollars(store.ledger.spent(it))))
    return { dollars: spent.reduce((sum, it) => sum + it), open: store.ledger.open().length }
  } finally {
    store.close()
  }
}

describe("a budget", () => {
  let provider: Provider
  beforeAll(() => {
    provider = new Provider()
  })
  afterAll(() => provider.stop())

  test("lets exactly as many of 100 parallel calls through as it can pay, over all workers, and takes what they cost", async () => {
    using directory = temporaryDirectory()
    const config = join(directory.path, "pinpoint.yaml")
    const data = join(directory.path, "data")
    writeFileSync(config, configFor(provider.url, 10.999999999))
    const began = Date.now()
    const gateway = await startPinpoint(["--config", config, "--data", data, "--workers", "3"])
    try {
      provider.answers = Promise.withResolvers()
      let refused = 0
      const answers = Array.from({ length: 100 }, async () => {
        const answer = await ask(gateway)
        if (answer.status === 402 && ++refused === 90) provider.answers.resolve()
        await answer.arrayBuffer()
        return `${answer.status} ${answer.headers.get("pinpoint-cause") ?? ""}`.trim()
      })
      const counted = Object.groupBy(await Promise.all(answers), (it) => it)
      expect(Object.entries(counted).map(([what, them]) => [what, them?.length])).toEqual(
        expect.arrayContaining([
          ["200", 10],
          ["402 quota/budget-spent", 90],
        ]),
      )
      expect(provider.seen).toBe(10)
      expect((await ask(gateway)).status).toBe(200)
    } finally {
      await gateway.stop()
    }
    expect(spentIn(data, began)).toEqual({ dollars: 5.5, open: 0 })
  })

  test(`is not lost by a gateway that is killed ${ROUNDS} times between reservation and settlement, and is never passed`, async () => {
    using directory = temporaryDirectory()
    const config = join(directory.path, "pinpoint.yaml")
    const data = join(directory.path, "data")
    const budget = 3 * ROUNDS
    writeFileSync(config, configFor(provider.url, budget))
    provider.answers.resolve()
    provider.silentEvery = 2
    const began = Date.now()
    let least = 0
    let settledByEstimate = 0
    for (let round = 0; round < ROUNDS; round++) {
      const { seen, silent } = provider
      const gateway = await startPinpoint(["--config", config, "--data", data])
      // What the gateway before this one had under way was settled at its estimate when this one began.
      settledByEstimate += gateway.err().match(/was not settled before its process ended/g)?.length ?? 0
      const { dollars: spent, open } = spentIn(data, began)
      expect(open).toBe(0)
      expect(spent).toBeGreaterThanOrEqual(least)
      expect(spent).toBeLessThanOrEqual(budget)
      const calls = Array.from({ length: 6 }, () => askInVain(gateway))
      await Bun.sleep(Math.random() * 150)
      gateway.signal("SIGKILL")
      await gateway.exited
      await Promise.all(calls)
      // Each call a provider saw is paid: with half a dollar where it was answered, with a whole one where it was not.
      least = spent + (provider.seen - seen) * 0.5 + (provider.silent - silent) * 0.5
    }
    const last = await startPinpoint(["--config", config, "--data", data])
    await last.stop()
    const { dollars: all, open } = spentIn(data, began)
    expect(open).toBe(0)
    expect(all).toBeGreaterThanOrEqual(least)
    expect(all).toBeLessThanOrEqual(budget)
    expect(settledByEstimate).toBeGreaterThan(4)
  })
})
