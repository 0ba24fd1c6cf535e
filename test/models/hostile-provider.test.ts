import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test"
import { closeRawClients } from "../raw.fixture.ts"
import { fieldOf, type HostileSetting, headOf, startHostileSetting, statusOf } from "./hostile.fixture.ts"
import { answering, CHAT, streaming } from "./raw-provider.fixture.ts"

setDefaultTimeout(30_000)

let setting: HostileSetting
beforeAll(async () => {
  setting = await startHostileSetting()
})
beforeEach(() => void setting.sent())
afterEach(closeRawClients)
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const CHUNK = { ...CHAT, object: "chat.completion.chunk" }
const SAYS = { ...CHUNK, choices: [{ index: 0, delta: { content: "x" }, finish_reason: "stop" }] }

/** Anthropic's, whose counts are added up. */
const messageWith = (usage: object) => ({
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5",
  content: [{ type: "text", text: "hello" }],
  stop_reason: "end_turn",
  usage,
})
const askClaude = (stream = false) =>
  setting.ask(
    "/v1/messages",
    JSON.stringify({
      model: "anthropic/claude-sonnet-4-5",
      stream,
      max_tokens: 50,
      messages: [{ role: "user", content: "hi" }],
    }),
  )

describe.each([
  { input_tokens: 1e300, output_tokens: 1 },
  { input_tokens: 1, output_tokens: -7 },
  { input_tokens: 1, output_tokens: 1, cache_read_input_tokens: -5 },
])("a usage of %j", (usage) => {
  test("is none: the call is settled at its estimate, and its answer ends", async () => {
    setting.provider.answer = answering(messageWith(usage))
    const answer = await askClaude()
    expect(statusOf(answer)).toBe(200)
    const kept = (await setting.kept(answer))?.model
    expect(kept?.usage).toBeUndefined()
    expect(kept?.cost).toBeGreaterThan(0)
  })

  test("is none in a stream", async () => {
    setting.provider.answer = streaming(
      { type: "message_start", message: { ...messageWith(usage), content: [] } },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage },
      { type: "message_stop" },
    )
    const answer = await askClaude(true)
    expect(answer).toEndWith("\r\n0\r\n\r\n")
    expect((await setting.kept(answer))?.model?.usage).toBeUndefined()
  })
})

test("fractions of tokens are counted as whole ones", async () => {
  setting.provider.answer = answering(messageWith({ input_tokens: 0.5, output_tokens: 1.25 }))
  const answer = await askClaude()
  expect((await setting.kept(answer))?.model?.usage).toMatchObject({ input: 1, output: 2 })
})

test("what only the gateway may say, and what is between provider and operator, is not passed on", async () => {
  const fields = ["Pinpoint-Target", "Pinpoint-Dropped", "Pinpoint-Cause", "Pinpoint-Counted", "Pinpoint_Target"]
  const more = "Set-Cookie: a=b\r\nopenai-organization: org-operator\r\nopenai-processing-ms: 5\r\n"
  const lines = `${fields.map((it) => `${it}: forged\r\n`).join("")}${more}`
  for (const answer of [answering(CHAT, lines), answering(CHAT, lines)]) {
    setting.provider.answer = answer
    const head = headOf(await setting.chat("open/x"))
    expect(head).not.toMatch(/forged|set-cookie|org-operator/i)
    expect(head).toContain("openai-processing-ms: 5")
  }
})

test("an answer dated beyond all dates is told in every dialect", async () => {
  setting.provider.answer = answering({ ...CHAT, created: 1e300 })
  const body = JSON.stringify({ contents: [{ role: "user", parts: [{ text: "hi" }] }] })
  expect(statusOf(await setting.ask("/v1beta/models/open%2Fx:generateContent", body))).toBe(200)
})

test("an error that quotes the key tells it nowhere", async () => {
  const key = "sk-canary-0123456789"
  const error = { message: `bad ${key} of Bearer ${key}`, type: key, code: key, param: key }
  for (const status of ["401 Unauthorized", "400 Bad Request", "500 Failed", "200 OK"]) {
    setting.provider.answer = answering({ error }, `X-Key: ${key}\r\n`, status)
    const answer = await setting.chat("open/x")
    expect(answer).not.toContain(key)
    expect(JSON.stringify(await setting.kept(answer))).not.toContain(key)
    for (const events of [[{ error }], [{ ...SAYS, choices: [{ index: 0, delta: { content: "x" } }] }, { error }]]) {
      setting.provider.answer = streaming(...events)
      expect(await setting.chat("open/x", { stream: true })).not.toContain(key)
    }
  }
})

test("a redirect is not followed", async () => {
  setting.provider.answer = (socket) =>
    void socket.write(`HTTP/1.1 307 Elsewhere\r\nLocation: ${setting.provider.url}/other\r\nContent-Length: 0\r\n\r\n`)
  expect(statusOf(await setting.chat("open/x"))).toBe(502)
  expect(setting.sent()).toHaveLength(1)
})

describe("a stream", () => {
  test("that a cache cannot read passes all the same, and is not kept", async () => {
    setting.provider.answer = streaming("junk{", SAYS, "[DONE]")
    const answer = await setting.chat("kept", { stream: true })
    expect(answer).toContain("data: junk{")
    expect(answer).toEndWith("\r\n0\r\n\r\n")
    expect((await setting.kept(answer))?.model?.cache).toBeUndefined()
  })

  test("whose first event is larger than any is the provider's fault, and not the gateway's", async () => {
    setting.provider.answer = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ")
      for (let i = 0; i < 18; i++) socket.write("x".repeat(1024 * 1024))
    }
    for (const path of ["/v1/chat/completions", "/v1/messages"]) {
      const body = { model: "open/x", stream: true, max_tokens: 5, messages: [{ role: "user", content: "hi" }] }
      const answer = await setting.ask(path, JSON.stringify(body))
      expect(fieldOf(answer, "Pinpoint-Cause")).toBe("provider/not-an-answer")
    }
  })

  test("whose first event is an image is passed whole", async () => {
    const part = { inlineData: { mimeType: "image/png", data: "A".repeat(6 * 1024 * 1024) } }
    const event = { candidates: [{ content: { role: "model", parts: [part] }, finishReason: "STOP", index: 0 }] }
    setting.provider.answer = streaming(event)
    const body = JSON.stringify({ contents: [{ role: "user", parts: [{ text: "hi" }] }] })
    const answer = await setting.ask("/v1beta/models/gemini%2Fx:streamGenerateContent?alt=sse", body)
    expect(answer).toEndWith("\r\n0\r\n\r\n")
    expect(answer).not.toContain("provider/cut")
  })
})
