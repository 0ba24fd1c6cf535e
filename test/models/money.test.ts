import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { calcPrice } from "@pydantic/genai-prices"
import { openStore } from "../../src/adapters/sqlite/store.ts"
import { usd } from "../../src/ports/money.ts"
import { startTestGateway, type TestGateway } from "../gateway.fixture.ts"
import { startPinpoint, temporaryDirectory } from "../process.fixture.ts"
import { ask, type Question, send, type Told } from "./asking.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(60_000)

const sseOf = (events: readonly unknown[]): string =>
  events.map((it) => `data: ${typeof it === "string" ? it : JSON.stringify(it)}\n\n`).join("")

/** Tokens of every kind, as each provider counts them: Anthropic leaves cached ones out of its input. */
const OPENAI_USAGE = {
  prompt_tokens: 1200,
  completion_tokens: 800,
  total_tokens: 2000,
  prompt_tokens_details: { cached_tokens: 500, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 300, audio_tokens: 0 },
}
const AUDIO_USAGE = {
  ...OPENAI_USAGE,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 400 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 600 },
}
const ANTHROPIC_USAGE = {
  input_tokens: 600,
  output_tokens: 800,
  cache_read_input_tokens: 500,
  cache_creation_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 40 },
}
const GEMINI_USAGE = {
  promptTokenCount: 1200,
  cachedContentTokenCount: 500,
  candidatesTokenCount: 500,
  thoughtsTokenCount: 300,
  totalTokenCount: 2000,
  promptTokensDetails: [{ modality: "TEXT", tokenCount: 1200 }],
}

function openaiAnswer(model: string, isStreamed: boolean): Response {
  const usage = model.includes("audio") ? AUDIO_USAGE : OPENAI_USAGE
  const head = { id: "chatcmpl-1", created: 1, model }
  if (!isStreamed)
    return Response.json({
      ...head,
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
      usage,
    })
  const chunk = { ...head, object: "chat.completion.chunk" }
  const events = [
    { ...chunk, choices: [{ index: 0, delta: { role: "assistant", content: "Hi" }, finish_reason: null }] },
    { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
    { ...chunk, choices: [], usage },
    "[DONE]",
  ]
  return new Response(sseOf(events), { headers: { "content-type": "text/event-stream" } })
}

/** Providers that count as they are told. */
class Counting {
  readonly #server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      const body: { model?: string; stream?: boolean } = JSON.parse(await request.text())
      if (pathname.endsWith("/chat/completions")) return openaiAnswer(body.model ?? "", body.stream === true)
      if (pathname.endsWith("/messages"))
        return Response.json({
          id: "msg_1",
          type: "message",
          role: "assistant",
          model: body.model,
          content: [{ type: "text", text: "Hi" }],
          stop_reason: "end_turn",
          stop_sequence: null,
          usage: ANTHROPIC_USAGE,
        })
      return Response.json({
        candidates: [{ content: { role: "model", parts: [{ text: "Hi" }] }, finishReason: "STOP", index: 0 }],
        usageMetadata: GEMINI_USAGE,
        modelVersion: "g",
      })
    },
  })

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}`
  }

  stop(): Promise<void> {
    return this.#server.stop(true)
  }
}

/** A call as it was recorded, once it was. */
async function recordOf(gateway: TestGateway, { headers }: Pick<Told, "headers">) {
  await gateway.store.records.flush()
  return gateway.store.records.find(headers.get("pinpoint-decision") ?? "")?.model
}

describe("what a call cost is recorded", () => {
  let counting: Counting
  let gateway: TestGateway
  beforeAll(() => {
    counting = new Counting()
    const { url } = counting
    gateway = startTestGateway(`
listen: 127.0.0.1:0
records: { permits: 1 }
keys: [{ name: alice, key: ${CALLER_KEY}, budget: { day: 100 } }]
models:
  openai: [{ provider: o, model: gpt-5 }]
  audio: [{ provider: o, model: gpt-4o-audio-preview }]
  anthropic: [{ provider: a, model: claude-sonnet-4-5 }]
  gemini: [{ provider: g, model: gemini-2.5-flash }]
  own:
    targets: [{ provider: o, model: own-audio }]
    price: { input: 1, output: 2, audio-input: 10, audio-output: 20 }
  thinking:
    targets: [{ provider: o, model: own }]
    price: { input: 1, output: 2, cached-input: 0.1, reasoning: 3 }
providers:
  o: { use: openai, url: "${url}/v1", key: k }
  a: { use: anthropic, url: "${url}/v1", key: k }
  g: { use: gemini, url: "${url}/v1beta", key: k }
`)
  })
  afterAll(async () => {
    await gateway.stop()
    await counting.stop()
    expect(gateway.faults).toEqual([])
  })

  const spent = (): number =>
    Number(
      gateway.store.ledger
        .accounts()
        .find(({ account }) => account.includes("-21 key alice") || /-\d\d key alice/.test(account))?.spent ?? 0,
    )

  test.each([
    [
      "openai",
      "gpt-5",
      { input_tokens: 1200, cache_read_tokens: 500, output_tokens: 800, output_reasoning_tokens: 300 },
    ],
    [
      "anthropic",
      "claude-sonnet-4-5",
      {
        input_tokens: 1200,
        cache_read_tokens: 500,
        cache_write_tokens: 100,
        cache_write_1h_tokens: 40,
        output_tokens: 800,
      },
    ],
    ["gemini", "gemini-2.5-flash", { input_tokens: 1200, cache_read_tokens: 500, output_tokens: 800 }],
  ] as const)("as the library of prices has it: %s", async (name, model, usage) => {
    const provider = name === "gemini" ? "google" : name
    const price = calcPrice(usage, model, { providerId: provider })?.total_price ?? Number.NaN
    for (const dialect of ["openai", "anthropic", "gemini"] as const) {
      const before = spent()
      const told = await ask(gateway, { dialect, model: name, text: "Hi" })
      const record = await recordOf(gateway, told)
      expect(Math.abs((record?.cost ?? Number.NaN) / 1e9 - price)).toBeLessThanOrEqual(2e-9)
      expect(spent() - before).toBe(record?.cost ?? Number.NaN)
      expect(record?.usage).toMatchObject({ input: 1200, output: 800, cachedInput: 500 })
    }
  })

  test.each([false, true])("with sound, cached input and reasoning priced apart, streamed: %s", async (isStreamed) => {
    for (const dialect of ["openai", "anthropic"] as const) {
      const own = await recordOf(gateway, await ask(gateway, { dialect, model: "own", text: "Hi", isStreamed }))
      expect(own?.usage).toMatchObject({ audioInput: 400, audioOutput: 600 })
      expect(own?.cost).toBe(800 * 1000 + 400 * 10_000 + 200 * 2000 + 600 * 20_000)
      const it = await recordOf(gateway, await ask(gateway, { dialect, model: "thinking", text: "Hi", isStreamed }))
      expect(it?.usage).toMatchObject({ cachedInput: 500, reasoning: 300 })
      expect(it?.cost).toBe(700 * 1000 + 500 * 100 + 500 * 2000 + 300 * 3000)
    }
  })
})

describe("what is counted of a call that was not answered whole", () => {
  const MODELS = `
  "openai-chat/*": { targets: [{ provider: openai-chat, model: "*" }], retries: 0, price: { input: 0, output: 10 } }
  late: { targets: [{ provider: openai-chat, model: fault-silence }], retries: 0, price: { input: 0, output: 10 }, timeouts: { total: 50ms } }
  silent: { targets: [{ provider: openai-chat, model: fault-silence }], retries: 0, price: { input: 0, output: 10 } }
  gone: { targets: [{ provider: openai-chat, model: slow }], retries: 0, price: { input: 0, output: 10 } }
  pictures: { targets: [{ provider: openai-chat, model: i }], price: { input: 0, image: 0.04 } }
  voice: { targets: [{ provider: openai-chat, model: v }], price: { input: 3 } }`
  let setting: Setting
  let key = 0
  beforeAll(async () => {
    setting = await startSetting(["openai-chat"])
    setting.configure("", MODELS)
  })
  afterAll(async () => {
    await setting.stop()
    expect(setting.gateway.faults).toEqual([])
  })

  /** By a key of its own, so that its account tells what was counted. */
  async function counted(
    question: Omit<Question, "text">,
    run: (question: Question) => Promise<unknown> = (it) => ask(setting.gateway, it).catch(() => undefined),
  ): Promise<{ readonly spent: number; readonly reserved: number }> {
    const name = `k${key++}`
    const { secret } = setting.gateway.store.keys.create({ name, scopes: [], limits: { dollarsPerDay: usd("1") } })
    await run({ text: "say hello to all of them", ...question, key: secret })
    const deadline = Date.now() + 10_000
    for (;;) {
      const found = setting.gateway.store.ledger.accounts().find(({ account }) => account.endsWith(` key ${name}`))
      const { spent = 0, reserved = 0 } = found ?? {}
      if (reserved === 0 || Date.now() > deadline) return { spent: Number(spent), reserved: Number(reserved) }
      await new Promise(setImmediate)
    }
  }
  /** At 500 tokens of output and 10 dollars for a million. */
  const ESTIMATE = 5_000_000

  test.each(["fault-401", "fault-403", "fault-404", "fault-429", "fault-500", "fault-503"])(
    "nothing where the provider said that it did nothing: %s",
    async (model) => {
      for (const isStreamed of [false, true])
        expect(await counted({ model: `openai-chat/${model}`, isStreamed })).toEqual({ spent: 0, reserved: 0 })
    },
  )

  test("the estimate where it may have worked: a stream that is cut, an answer that is none, one that does not come", async () => {
    for (const model of ["openai-chat/fault-cut-stream", "openai-chat/fault-truncated-stream"])
      expect(await counted({ model, isStreamed: true })).toEqual({ spent: ESTIMATE, reserved: 0 })
    expect(await counted({ model: "openai-chat/fault-html" })).toEqual({ spent: ESTIMATE, reserved: 0 })
    expect(await counted({ model: "late" })).toEqual({ spent: ESTIMATE, reserved: 0 })
  })

  test("the estimate where the caller goes away, before an answer or in it", async () => {
    const early = async (question: Question): Promise<void> => {
      const control = new AbortController()
      const before = setting.provider("openai-chat").requests().length
      const gone = send(setting.gateway, { ...question, signal: control.signal }).catch(() => undefined)
      while (setting.provider("openai-chat").requests().length === before) await new Promise(setImmediate)
      control.abort()
      await gone
    }
    expect(await counted({ model: "silent" }, early)).toEqual({ spent: ESTIMATE, reserved: 0 })
    const late = async (question: Question): Promise<void> => {
      const control = new AbortController()
      const answer = await send(setting.gateway, { ...question, isStreamed: true, signal: control.signal })
      await answer.body?.getReader().read()
      control.abort()
    }
    expect(await counted({ model: "gone" }, late)).toEqual({ spent: ESTIMATE, reserved: 0 })
  })

  test("what the provider counted where a guardrail refused the answer only at its end, or the estimate", async () => {
    setting.configure("guardrails: [{ banned-terms: { terms: [hello], on: [answer] } }]", MODELS)
    for (const isStreamed of [false, true]) {
      const { spent } = await counted({ model: "openai-chat/x", isStreamed })
      expect(spent).toBeGreaterThan(0)
      expect(spent).toBeLessThanOrEqual(ESTIMATE)
    }
    setting.configure("", MODELS)
  })

  test("pictures by their number, and sound by what is said where nobody counts", async () => {
    const post = (path: string, body: object) => async (question: Question) => {
      const answer = await fetch(setting.gateway.url + path, {
        method: "POST",
        headers: { "x-api-key": question.key ?? "", "content-type": "application/json" },
        body: JSON.stringify(body),
      })
      await answer.arrayBuffer()
      expect(answer.status).toBe(200)
    }
    const pictures = post("/v1/images/generations", { model: "pictures", prompt: "a cat", n: 2 })
    expect((await counted({ model: "" }, pictures)).spent).toBe(80_000_000)
    const voice = post("/v1/audio/speech", { model: "voice", input: "Hello to all of them", voice: "alloy" })
    const { spent } = await counted({ model: "" }, voice)
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThan(1_000_000)
  })
})

describe("tokens a minute", () => {
  let setting: Setting
  beforeAll(async () => {
    setting = await startSetting(
      ["openai-chat"],
      undefined,
      `keys:
  - { name: alice, key: ${CALLER_KEY}, limits: { tokens-per-minute: 2000 } }
  - { name: bob, key: bob-0123456789abcdef, limits: { requests-per-minute: 2, tokens-per-minute: 1000000 } }`,
    )
  })
  afterAll(() => setting.stop())

  const left = ({ headers }: Told): number => Number(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1])

  test("are taken by estimate, put right by what was used, and told", async () => {
    const question: Question = { model: "openai-chat/x", text: "say hello", maxTokens: 1500 }
    const first = await ask(setting.gateway, question)
    expect(first.headers.get("ratelimit-policy")).toBe('"tokens";q=2000;w=60')
    expect(left(first)).toBeGreaterThan(0)
    expect(left(first)).toBeLessThan(500)
    const usage = (await recordOf(setting.gateway, first))?.usage
    for (const isStreamed of [true, false]) {
      const next = await ask(setting.gateway, { ...question, isStreamed })
      expect(next.status).toBe(200)
      // A call took a few tokens, and not the fifteen hundred it might have.
      expect(left(first) - left(next)).toBeLessThan(60)
    }
    expect((usage?.input ?? 0) + (usage?.output ?? 0)).toBeLessThan(20)
    const large = await ask(setting.gateway, { ...question, maxTokens: 2100 })
    expect([large.status, large.cause]).toEqual([429, "quota/tokens-spent"])
    expect(Number(large.headers.get("retry-after"))).toBeLessThanOrEqual(60)
    expect((await ask(setting.gateway, question)).status).toBe(200)
  })

  test("stand beside requests a minute, of which the tighter is told", async () => {
    const question: Question = { model: "openai-chat/x", text: "say hello", key: "bob-0123456789abcdef" }
    const first = await ask(setting.gateway, question)
    expect(first.headers.get("ratelimit-policy")).toBe('"requests";q=2;w=60')
    expect(left(first)).toBe(1)
    expect((await ask(setting.gateway, question)).status).toBe(200)
    const third = await ask(setting.gateway, question)
    expect([third.status, third.cause]).toEqual([429, "quota/model-requests-spent"])
  })
})

describe("budgets of a key, a team, a tenant and a model at once", () => {
  /** Costs half a dollar or a whole one, and was thought to cost a whole one and a little for what is asked. */
  class Provider {
    seen = 0
    paid = 0
    readonly gate = Promise.withResolvers<void>()
    readonly #server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      idleTimeout: 0,
      fetch: async (request) => {
        const body: { stream?: boolean } = JSON.parse(await request.text())
        const tokens = ++this.seen % 2 === 0 ? 50_000 : 100_000
        this.paid += tokens
        await this.gate.promise
        const usage = { prompt_tokens: 9, completion_tokens: tokens, total_tokens: tokens + 9 }
        const head = { id: "c", created: 1, model: "m" }
        if (body.stream !== true)
          return Response.json({
            ...head,
            object: "chat.completion",
            choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
            usage,
          })
        const chunk = { ...head, object: "chat.completion.chunk" }
        const delta = { role: "assistant", content: "Hi" }
        const events = [
          { ...chunk, choices: [{ index: 0, delta, finish_reason: null }] },
          { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
          { ...chunk, choices: [], usage },
          "[DONE]",
        ]
        return new Response(sseOf(events), { headers: { "content-type": "text/event-stream" } })
      },
    })

    get url(): string {
      return `http://127.0.0.1:${this.#server.port}`
    }

    stop(): Promise<void> {
      return this.#server.stop(true)
    }
  }

  /** Of each key one level is small; all others are large. */
  const LEVELS = ["key", "team", "tenant", "model"] as const
  const budget = (isSmall: boolean): string => `budget: { day: ${isSmall ? 7.5 : 1000}, month: 5000 }`
  const each = (line: (level: (typeof LEVELS)[number]) => string): string => LEVELS.map(line).join("\n")
  const secretOf = (level: string): string => `${level}-0123456789abcdef`

  test("let through what the smallest of them pays, of 100 calls at once by two workers", async () => {
    const gates = new Map(LEVELS.map((it) => [it, new Provider()]))
    using directory = temporaryDirectory()
    const config = join(directory.path, "pinpoint.yaml")
    const data = join(directory.path, "data")
    writeFileSync(
      config,
      `listen: 127.0.0.1:0
management: 127.0.0.1:0
tenants:
${each((it) => `  of-${it}: { ${budget(it === "tenant")} }`)}
teams:
${each((it) => `  of-${it}: { tenant: of-${it}, ${budget(it === "team")} }`)}
keys:
${each((it) => `  - { name: of-${it}, key: ${secretOf(it)}, team: of-${it}, ${budget(it === "key")} }`)}
models:
${each((it) => `  ${it}: { targets: [{ provider: ${it}, model: m }], retries: 0, price: { input: 0, output: 10 }, ${budget(it === "model")} }`)}
providers:
${each((it) => `  ${it}: { dialect: openai, url: "${gates.get(it)?.url}/v1", key: k }`)}
`,
    )
    const gateway = await startPinpoint(["--config", config, "--data", data, "--workers", "2"])
    const outcomes = new Map<string, readonly [answered: number, refused: number]>()
    try {
      await Promise.all(LEVELS.map(async (it) => outcomes.set(it, await atOnce(gateway.url, it, gates.get(it)))))
    } finally {
      await gateway.stop()
      for (const it of gates.values()) await it.stop()
    }
    const store = openStore(data)
    try {
      expect(store.ledger.open()).toEqual([])
      for (const level of LEVELS) {
        const { seen = 0, paid = 0 } = gates.get(level) ?? {}
        expect([level, outcomes.get(level), seen]).toEqual([level, [7, 93], 7])
        const accounts = store.ledger.accounts().filter(({ account }) => / (?:of-)?(\w+)$/.exec(account)?.[1] === level)
        expect(accounts.length).toBe(8)
        for (const { spent, reserved } of accounts) {
          expect([Number(spent), Number(reserved)]).toEqual([paid * 10_000, 0])
          expect(Number(spent)).toBeLessThanOrEqual(7.5e9)
        }
      }
    } finally {
      store.close()
    }
  })

  /** 100 calls, of which none is paid before all others were refused, so that all stand at the boundary. */
  async function atOnce(
    url: string,
    level: string,
    provider: Provider | undefined,
  ): Promise<readonly [number, number]> {
    let answered = 0
    let refused = 0
    await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const answer = await fetch(`${url}/v1/chat/completions`, {
          method: "POST",
          headers: { "x-api-key": secretOf(level) },
          body: JSON.stringify({
            model: level,
            max_tokens: 100_000,
            messages: [{ role: "user", content: "Hi" }],
            ...(i % 2 === 0 && { stream: true, stream_options: { include_usage: true } }),
          }),
        })
        if (answer.status === 402 && ++refused === 93) provider?.gate.resolve()
        if (answer.status === 200) answered++
        await answer.arrayBuffer()
      }),
    )
    return [answered, refused]
  }
})
