import { afterAll, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { startPinpoint, temporaryDirectory } from "../process.fixture.ts"
import { ask, type Question, type Spoken, send, spoken, type Told } from "./asking.fixture.ts"
import { CALLER_KEY, providerLines } from "./gateway.fixture.ts"
import type { Format } from "./providers/provider.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(30_000)

const keyOf = (name: string): string => `${name}-0123456789abcdef`
const KEYS = `tenants: { acme: {}, other: {} }
teams: { ours: { tenant: acme }, theirs: { tenant: other } }
keys:
  - { name: alice, key: ${CALLER_KEY}, budget: { day: 10 }, limits: { tokens-per-minute: 1000000 } }
  - { name: bob, key: ${keyOf("bob")} }
  - { name: carol, key: ${keyOf("carol")}, team: ours }
  - { name: dave, key: ${keyOf("dave")}, team: ours }
  - { name: erin, key: ${keyOf("erin")}, team: theirs }
`
const FORMATS = ["openai-chat", "anthropic", "gemini"] as const
/** `cache` and further options of every model. */
const models = (cache: string, more = ""): string =>
  FORMATS.map(
    (it) =>
      `  "${it}/*": { targets: [{ provider: ${it}, model: "*" }], retries: 0, price: { input: 1, output: 2 }, cache: ${cache}${more} }`,
  ).join("\n")

let setting: Setting
beforeAll(async () => {
  setting = await startSetting(FORMATS, undefined, KEYS)
})
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})
beforeEach(() => {
  for (const it of FORMATS) setting.provider(it).forget()
})

let serial = 0
/** A text nobody has asked before. */
const fresh = (): string => {
  serial++
  const letters = Array.from(String(serial), (it) => "abcdefghij"[Number(it)] ?? "")
  return `say something new of ${letters.join("")} again`
}
const asking = (question: Question): Promise<Told> => ask(setting.gateway, question)
const asked = (format: Format): number => setting.provider(format).requests().length
async function recordOf({ headers }: Told) {
  await setting.gateway.store.records.flush()
  return setting.gateway.store.records.find(headers.get("pinpoint-decision") ?? "")
}
const cachedBy = async (told: Told) => (await recordOf(told))?.model?.cache
const spent = (): number =>
  setting.gateway.store.ledger.accounts().reduce((sum, it) => sum + Number(it.spent) + Number(it.reserved), 0)

const FAR: Readonly<Record<Spoken, Format>> = { openai: "anthropic", anthropic: "gemini", gemini: "openai-chat" }
const NEAR: Readonly<Record<Spoken, Format>> = { openai: "openai-chat", anthropic: "anthropic", gemini: "gemini" }

describe("the same question", () => {
  beforeAll(() => setting.configure("", models("{ exact: { ttl: 1h } }")))

  const ways = spoken.flatMap((dialect) =>
    [NEAR[dialect], FAR[dialect]].flatMap((format) =>
      [
        [false, true],
        [true, false],
        [true, true],
        [false, false],
      ].map(([first = false, then = false]) => ({ dialect, format, first, then })),
    ),
  )
  test.each(
    ways.map(
      (it) =>
        [
          `${it.dialect} to ${it.format}, ${it.first ? "streamed" : "whole"}, then ${it.then ? "streamed" : "whole"}`,
          it,
        ] as const,
    ),
  )("is answered as before, asks nobody and costs nothing: %s", async (_, { dialect, format, first, then }) => {
    const question = { dialect, model: `${format}/x`, text: fresh() }
    const one = await asking({ ...question, isStreamed: first })
    expect([one.status, one.headers.get("cache-status")]).toEqual([200, "pinpoint; fwd=miss"])
    expect(await cachedBy(one)).toBe("stored")
    const before = spent()
    const two = await asking({ ...question, isStreamed: then })
    expect([two.status, two.said]).toEqual([200, one.said])
    expect(two.headers.get("cache-status")).toMatch(/^pinpoint; hit; ttl=3[56]\d\d$/)
    expect(two.headers.get("content-type")).toContain(then ? "text/event-stream" : "application/json")
    expect(asked(format)).toBe(1)
    expect(spent()).toBe(before)
    expect((await recordOf(two))?.model).toMatchObject({ cache: "hit", cost: 0 })
    // Members that say nothing may be left out.
    if (!first && !then) expect(saying(one.raw)).toMatchObject(saying(two.raw))
  })

  test("is another one where anything of it is other", async () => {
    const text = fresh()
    const question: Question = { model: "openai-chat/x", text }
    await asking(question)
    const others: readonly Partial<Question>[] = [
      { text: `${text}!` },
      { system: "Be brief" },
      { more: { temperature: 0.5 } },
      { maxTokens: 77 },
      { model: "openai-chat/y" },
      { model: "anthropic/x" },
      { dialect: "anthropic", model: "openai-chat/x" },
      { more: { tools: [{ type: "function", function: { name: "f" } }] } },
    ]
    for (const other of others)
      expect((await asking({ ...question, ...other })).headers.get("cache-status")).toBe("pinpoint; fwd=miss")
    const told = await asking({ ...question, more: { user: "u-1", metadata: { a: "b" } } })
    expect(told.headers.get("cache-status")).toContain("hit")
  })

  test("is another one under another version of the dialect", async () => {
    const question: Question = { dialect: "anthropic", model: "anthropic/x", text: fresh() }
    await asking(question)
    const beta = await asking({ ...question, headers: { "anthropic-beta": "interleaved-thinking-2025-05-14" } })
    expect(beta.headers.get("cache-status")).toContain("miss")
  })

  test("passes the cache by where its caller says so, and is not kept where it says that", async () => {
    const question: Question = { model: "openai-chat/x", text: fresh() }
    const secret = await asking({ ...question, headers: { "cache-control": "no-store" } })
    expect(secret.headers.get("cache-status")).toBe("pinpoint; fwd=bypass")
    expect(await cachedBy(secret)).toBe(undefined)
    expect((await asking(question)).headers.get("cache-status")).toContain("miss")
    const again = await asking({ ...question, headers: { "cache-control": "no-cache" } })
    expect(again.headers.get("cache-status")).toBe("pinpoint; fwd=bypass")
    expect(await cachedBy(again)).toBe("stored")
    expect(asked("openai-chat")).toBe(3)
  })

  test("of another tenant, or of another key without one, is another's", async () => {
    const question: Question = { model: "openai-chat/x", text: fresh() }
    const hits = async (name: string) =>
      (await asking({ ...question, key: keyOf(name) })).headers.get("cache-status")?.includes("hit")
    expect(await hits("carol")).toBe(false)
    expect(await hits("dave")).toBe(true)
    expect(await hits("erin")).toBe(false)
    expect(await hits("bob")).toBe(false)
    expect(await hits("alice")).toBe(false)
    expect(await hits("bob")).toBe(true)
  })

  test("with tools and thoughts comes back with both", async () => {
    const tools = [{ name: "get_weather", input_schema: { type: "object", properties: {} } }]
    const thinking = { type: "enabled", budget_tokens: 1024 }
    const question: Question = {
      dialect: "anthropic",
      model: "anthropic/claude-sonnet-4-5",
      text: `weather in Oslo ${fresh()}`,
      maxTokens: 3000,
      more: { tools, thinking },
    }
    const one = await asking(question)
    const two = await asking(question)
    expect(two.headers.get("cache-status")).toContain("hit")
    expect(saying(two.raw)).toEqual(saying(one.raw))
    expect(two.raw).toContain("signature")
  })
})

/** What is said in a whole answer, without ids and times. */
function saying(raw: string): object {
  const whole: Record<string, unknown> = JSON.parse(raw)
  const { choices, content, candidates } = whole
  return {
    ...(choices !== undefined && { choices }),
    ...(content !== undefined && { content }),
    ...(candidates !== undefined && { candidates }),
  }
}

describe("an answer is not kept", () => {
  const notKept = async (question: Question): Promise<void> => {
    await (await send(setting.gateway, question)).text().catch(() => "")
    const second = await send(setting.gateway, question)
    expect(second.headers.get("cache-status") ?? "pinpoint; fwd=miss").toContain("miss")
    await second.text().catch(() => "")
  }
  const CACHE = "{ exact: { ttl: 1h }, semantic: {} }"

  test.each(["fault-cut-stream", "fault-truncated-stream", "fault-midstream-error", "fault-500", "fault-html"])(
    "that broke: %s",
    async (model) => {
      setting.configure("", models(CACHE))
      for (const format of ["openai-chat", "anthropic"] as const)
        for (const isStreamed of [true, false]) {
          if (!isStreamed && model.endsWith("stream")) continue
          await notKept({ model: `${format}/${model}`, text: fresh(), isStreamed })
        }
    },
  )

  test("that was a refusal of the model's", async () => {
    setting.configure("", models(CACHE))
    for (const dialect of ["openai", "anthropic"] as const)
      for (const isStreamed of [true, false])
        await notKept({ dialect, model: "anthropic/x", text: `refuse me ${fresh()}`, isStreamed })
  })

  test.each([true, false])("that a guardrail refused, streamed: %s", async (isStreamed) => {
    setting.configure("guardrails: [{ banned-terms: { terms: [zebra], on: [answer] } }]", models(CACHE))
    for (const format of ["openai-chat", "anthropic"] as const) {
      const question = { model: `${format}/x`, text: `${fresh()} zebra`, isStreamed }
      await notKept(question)
      expect(asked(format)).toBe(2)
    }
  })

  test("whose caller went away in its middle", async () => {
    setting.configure("", models(CACHE))
    for (const format of ["openai-chat", "anthropic"] as const) {
      const question: Question = {
        model: `${format}/slow`,
        text: `say ${"word ".repeat(40)}${fresh()}`,
        isStreamed: true,
      }
      const control = new AbortController()
      const answer = await send(setting.gateway, { ...question, signal: control.signal })
      await answer.body?.getReader().read()
      control.abort()
      const again = await send(setting.gateway, question)
      expect(again.headers.get("cache-status")).toContain("miss")
      await again.body?.cancel()
    }
  })
})

describe("with other guardrails", () => {
  const question: Question = { model: "openai-chat/x", text: "say zebra and horse to ann@example.org" }
  const CACHE = models("{ exact: { ttl: 1h } }")
  const told = async (guardrail: string) => {
    setting.configure(`guardrails: [${guardrail}]`, CACHE)
    const { said, cause, headers } = await asking(question)
    return [cause === "" ? said : cause, headers.get("cache-status")?.includes("hit") ?? false]
  }

  test("nothing is answered from before, whatever of them changed", async () => {
    const masked = "{ banned-terms: { terms: [zebra], on: [answer], then: mask } }"
    expect(await told(masked)).toEqual(["[BANNED-TERM] and horse to ann@example.org", false])
    expect(await told(masked)).toEqual(["[BANNED-TERM] and horse to ann@example.org", true])
    expect(await told("{ banned-terms: { terms: [horse], on: [answer], then: mask } }")).toEqual([
      "zebra and [BANNED-TERM] to ann@example.org",
      false,
    ])
    expect(await told("{ sensitive-data: { find: [email], on: [answer], then: mask } }")).toEqual([
      "zebra and horse to [EMAIL]",
      false,
    ])
    expect(await told("{ sensitive-data: { find: [phone], on: [answer], then: mask } }")).toEqual([
      "zebra and horse to ann@example.org",
      false,
    ])
    expect(await told("{ banned-terms: { terms: [zebra], on: [answer] } }")).toEqual(["content/banned-term", false])
    expect(await told(masked)).toEqual(["[BANNED-TERM] and horse to ann@example.org", true])
  })

  test("a request that is refused is not answered from before", async () => {
    await told("{ length: { answer: { words: 100 } } }")
    expect(await told("{ banned-terms: { terms: [zebra], on: [request] } }")).toEqual(["content/banned-term", false])
  })
})

describe("a similar question", () => {
  beforeAll(() => setting.configure("", models("{ semantic: { above: 0.8, ttl: 1h } }")))
  const question: Question = {
    model: "openai-chat/x",
    text: "say what is the capital of the country where the river Rhine begins?",
    system: "Be brief",
  }
  const near = { ...question, text: "say what is the capital city of the country where the river Rhine begins" }

  test("is answered as the one before, and says how similar it is", async () => {
    const one = await asking(question)
    expect(one.headers.get("cache-status")).toContain("miss")
    for (const isStreamed of [false, true]) {
      const two = await asking({ ...near, isStreamed })
      expect(two.headers.get("cache-status")).toMatch(/hit; ttl=\d+; detail="similar 0\.9\d\d"/)
      expect(two.said).toBe(one.said)
      expect(await cachedBy(two)).toBe("near")
    }
    expect(asked("openai-chat")).toBe(1)
  })

  test("is none where it is not similar enough, or anything else is other", async () => {
    await asking(question)
    const others: readonly Partial<Question>[] = [
      { text: "say which town lies where the Danube ends" },
      { system: "Be long" },
      { more: { tools: [{ type: "function", function: { name: "f" } }] } },
      { more: { temperature: 1 } },
      { key: keyOf("bob") },
      { model: "openai-chat/y" },
    ]
    for (const other of others)
      expect((await asking({ ...near, ...other })).headers.get("cache-status")).toBe("pinpoint; fwd=miss")
    const sum: Question = { model: "openai-chat/x", text: "say how much is it if we add the numbers 2 and 3 together" }
    await asking(sum)
    const other = await asking({ ...sum, text: sum.text.replace("3", "4") })
    expect(other.headers.get("cache-status")).toBe("pinpoint; fwd=miss")
  })

  test("is told apart by vectors of a model that is served; without them the call goes on", async () => {
    setting.configure("", models("{ semantic: { above: 0.99, embed: openai-chat/vectors } }"))
    const text = fresh()
    const first = await asking({ model: "anthropic/x", text })
    expect(first.headers.get("cache-status")).toContain("miss")
    expect((await asking({ model: "anthropic/x", text })).headers.get("cache-status")).toContain("hit")
    expect(setting.provider("openai-chat").requests().at(-1)?.path).toBe("/v1/embeddings")
    setting.configure("", models("{ semantic: { embed: openai-chat/fault-500 } }"))
    expect((await asking({ model: "anthropic/x", text })).status).toBe(200)
    expect(setting.gateway.faults.splice(0).length).toBe(1)
  })

  test("is shown to who makes vectors as it is to who answers", async () => {
    setting.configure(
      "guardrails: [{ sensitive-data: { find: [email], on: [request], then: mask } }]",
      models("{ semantic: { embed: openai-chat/vectors } }"),
    )
    await asking({ model: "anthropic/x", text: "say hello to ann@example.org" })
    const vector = setting.provider("openai-chat").requests().at(-1)
    expect(vector?.path).toBe("/v1/embeddings")
    expect(vector?.body.toString()).toContain("hello to [EMAIL]")
  })
})

test("workers share what they remember", async () => {
  using directory = temporaryDirectory()
  const config = join(directory.path, "pinpoint.yaml")
  writeFileSync(
    config,
    `listen: 127.0.0.1:0
management: 127.0.0.1:0
keys: [{ name: alice, key: ${CALLER_KEY} }]
models: { small: { targets: [{ provider: one, model: x }], cache: { exact: {}, semantic: { above: 0.8 } } } }
providers: { one: ${providerLines("openai-chat", setting.provider("openai-chat").url)} }
`,
  )
  const gateway = await startPinpoint(["--config", config, "--data", join(directory.path, "data"), "--workers", "2"])
  const text = "say what is the capital of the country where the river Rhine begins?"
  const near = text.replace("capital", "capital city")
  const once = async (asked: string) => {
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "x-api-key": CALLER_KEY, connection: "close" },
      body: JSON.stringify({ model: "small", messages: [{ role: "user", content: asked }] }),
    })
    await answer.arrayBuffer()
    return answer.headers.get("cache-status")?.includes("hit")
  }
  try {
    expect(await once(text)).toBe(false)
    for (let i = 0; i < 16; i++) expect([await once(text), await once(near)]).toEqual([true, true])
    expect(asked("openai-chat")).toBe(1)
  } finally {
    await gateway.stop()
  }
})

test("an answer is given again for as long as it is said, and no longer", async () => {
  setting.configure("", models("{ exact: { ttl: 300ms } }"))
  const question: Question = { model: "openai-chat/x", text: fresh() }
  await asking(question)
  expect((await asking(question)).headers.get("cache-status")).toContain("hit; ttl=0")
  const deadline = Date.now() + 10_000
  let status = "hit"
  while (status.includes("hit") && Date.now() < deadline) {
    status = (await asking(question)).headers.get("cache-status") ?? ""
    await new Promise(setImmediate)
  }
  expect(status).toBe("pinpoint; fwd=miss")
  expect(asked("openai-chat")).toBe(2)
})
