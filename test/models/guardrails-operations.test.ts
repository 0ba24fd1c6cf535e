import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(30_000)

const ADDRESS = "ann.smith@example.org"

let setting: Setting
beforeAll(async () => {
  setting = await startSetting(["openai-chat", "gemini", "cohere", "anthropic"])
})
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(setting.gateway.url + path, {
    method: "POST",
    headers: { "x-api-key": CALLER_KEY, "content-type": "application/json" },
    body: JSON.stringify(body),
  })

/** Every kind of call that is no chat, with an address in what it says. */
const CALLS: readonly (readonly [what: string, path: string, body: unknown])[] = [
  ["embeddings of one", "/v1/embeddings", { model: "openai-chat/e", input: `from ${ADDRESS}` }],
  ["embeddings of several", "/v1/embeddings", { model: "openai-chat/e", input: ["a", `from ${ADDRESS}`] }],
  ["embeddings told to Gemini", "/v1/embeddings", { model: "gemini/e", input: [`from ${ADDRESS}`, "b"] }],
  ["embeddings told to Cohere", "/v1/embeddings", { model: "cohere/e", input: `from ${ADDRESS}` }],
  [
    "embeddings of Gemini's callers",
    "/v1beta/models/gemini/e:embedContent",
    { content: { parts: [{ text: `from ${ADDRESS}` }] } },
  ],
  [
    "batches of Gemini's callers",
    "/v1beta/models/gemini/e:batchEmbedContents",
    { requests: [{ model: "models/gemini/e", content: { parts: [{ text: `from ${ADDRESS}` }] } }] },
  ],
  ["images", "/v1/images/generations", { model: "openai-chat/i", prompt: `of ${ADDRESS}` }],
  ["speech", "/v1/audio/speech", { model: "openai-chat/s", input: `by ${ADDRESS}`, voice: "alloy" }],
  ["moderations", "/v1/moderations", { model: "openai-chat/m", input: [`by ${ADDRESS}`] }],
  ["the question of a rank", "/v1/rerank", { model: "cohere/r", query: ADDRESS, documents: ["a", "b"] }],
  ["documents of a rank", "/v1/rerank", { model: "cohere/r", query: "x", documents: [{ text: ADDRESS }, "b"] }],
  [
    "counts",
    "/v1/messages/count_tokens",
    { model: "anthropic/c", system: ADDRESS, messages: [{ role: "user", content: "x" }] },
  ],
  ["old completions", "/v1/completions", { model: "openai-chat/c", prompt: `by ${ADDRESS}` }],
]

describe("what is masked never reaches a provider", () => {
  beforeAll(() =>
    setting.configure(`guardrails:
  - sensitive-data: { find: [email], on: [request], then: mask }`),
  )
  test.each(CALLS)("by %s", async (_, path, body) => {
    const answer = await post(path, body)
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)])
    const format = /(openai-chat|gemini|cohere|anthropic)\//.exec(JSON.stringify([path, body]))?.[1]
    const formats = ["openai-chat", "gemini", "cohere", "anthropic"] as const
    const found = formats.find((it) => it === format)
    if (found === undefined) throw new Error("the call names no provider")
    const sent = setting.provider(found).requests().at(-1)?.body.toString() ?? ""
    expect(sent).toContain("[EMAIL]")
    expect(sent).not.toContain("example.org")
  })

  test("by the prompt of a transcription, whose file stays as it is", async () => {
    const form = new FormData()
    form.append("prompt", `It is by ${ADDRESS}`)
    form.append("file", new Blob([`sound of ${ADDRESS}`], { type: "audio/wav" }), "a.wav")
    form.append("model", "openai-chat/t")
    const answer = await fetch(`${setting.gateway.url}/v1/audio/transcriptions`, {
      method: "POST",
      headers: { "x-api-key": CALLER_KEY },
      body: form,
    })
    expect(answer.status).toBe(200)
    const sent = setting.provider("openai-chat").requests().at(-1)?.body.toString() ?? ""
    expect(sent).toContain("It is by [EMAIL]")
    expect(sent).toContain(`sound of ${ADDRESS}`)
    expect(sent).not.toContain("openai-chat/t")
  })

  test("and what is passed on without a finding says the same", async () => {
    expect((await post("/v1/embeddings", { input: "plain", model: "openai-chat/e", x_own: 1.5 })).status).toBe(200)
    const sent = setting.provider("openai-chat").requests().at(-1)?.body.toString() ?? ""
    expect(JSON.parse(sent)).toEqual({ input: "plain", model: "e", x_own: 1.5 })
  })
})

describe("what is refused is asked of nobody", () => {
  beforeAll(() => setting.configure("guardrails: [{ sensitive-data: { find: [email], on: [request] } }]"))
  test.each(CALLS)("by %s", async (_, path, body) => {
    const before = setting.provider("openai-chat").requests().length + setting.provider("cohere").requests().length
    const answer = await post(path, body)
    expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([403, "content/sensitive-data"])
    expect(await answer.text()).not.toContain("example.org")
    const after = setting.provider("openai-chat").requests().length + setting.provider("cohere").requests().length
    expect(after).toBe(before)
  })

  test("and tokens, which nobody can look at here, are refused as that", async () => {
    for (const input of [
      [1, 2],
      [[1, 2], [3]],
    ]) {
      const answer = await post("/v1/embeddings", { model: "openai-chat/e", input })
      expect([answer.status, answer.headers.get("pinpoint-cause")]).toEqual([400, "model/request-invalid"])
      expect(await answer.text()).toContain("input must be text rather than tokens")
    }
    setting.configure()
    expect((await post("/v1/embeddings", { model: "openai-chat/e", input: [1, 2] })).status).toBe(200)
  })
})

describe("what was heard", () => {
  const transcribe = async (form: Readonly<Record<string, string>>) => {
    const body = new FormData()
    body.append("file", new Blob(["sound"], { type: "audio/wav" }), "ann.smith@example.org.wav")
    for (const [name, value] of Object.entries({ model: "openai-chat/t", ...form })) body.append(name, value)
    const url = `${setting.gateway.url}/v1/audio/transcriptions`
    const answer = await fetch(url, { method: "POST", headers: { "x-api-key": CALLER_KEY }, body })
    return { status: answer.status, cause: answer.headers.get("pinpoint-cause"), text: await answer.text() }
  }

  test.each(["json", "text"])("is masked or refused as any answer: %s", async (response_format) => {
    setting.configure("guardrails: [{ sensitive-data: { find: [email], on: [answer], then: mask } }]")
    const masked = await transcribe({ response_format })
    expect([masked.status, masked.text]).toEqual([200, expect.stringContaining("5 bytes named [EMAIL]")])
    setting.configure("guardrails: [{ sensitive-data: { find: [email], on: [answer] } }]")
    const refused = await transcribe({ response_format })
    expect([refused.status, refused.cause]).toEqual([403, "content/sensitive-data"])
    expect(refused.text).not.toContain("example.org")
    setting.configure()
    expect((await transcribe({ response_format })).text).toContain(ADDRESS)
  })

  test("is not streamed past a guardrail", async () => {
    setting.configure("guardrails: [{ sensitive-data: { find: [email], on: [answer] } }]")
    const told = await transcribe({ stream: "true" })
    expect([told.status, told.cause]).toEqual([400, "model/request-invalid"])
  })
})
