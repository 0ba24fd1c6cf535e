import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test"
import { closeRawClients, RawClient } from "../raw.fixture.ts"
import { CALLER_KEY } from "./gateway.fixture.ts"
import { fieldOf, type HostileSetting, headOf, startHostileSetting, statusOf } from "./hostile.fixture.ts"
import { answering, CHAT } from "./raw-provider.fixture.ts"
import { until } from "./until.fixture.ts"

setDefaultTimeout(30_000)

let setting: HostileSetting
beforeAll(async () => {
  setting = await startHostileSetting()
})
beforeEach(() => {
  setting.sent()
  setting.provider.answer = answering(CHAT)
})
afterEach(closeRawClients)
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

describe("a model's name", () => {
  test.each([
    "open/x\r\nSet-Cookie: a=b",
    "open/x\n\nbody",
    "open/\ud800",
    "bedrock/\ud800",
    `open/${"x".repeat(600)}`,
  ])("that would write a field, or is no text, or has no end, is refused: %j", async (model) => {
    const answer = await setting.chat(model)
    expect([statusOf(answer), fieldOf(answer, "Pinpoint-Cause")]).toEqual([400, "model/request-invalid"])
    expect(fieldOf(answer, "Set-Cookie")).toBeUndefined()
    expect(setting.sent()).toEqual([])
  })

  test("in other letters than ASCII writes nothing but itself into the head of an answer", async () => {
    // As bytes of one each they would be line breaks.
    const answer = await setting.chat("open/\u010d\u010aX-Own: 1")
    expect(statusOf(answer)).toBe(200)
    expect(fieldOf(answer, "X-Own")).toBeUndefined()
    expect(headOf(answer)).not.toContain("X-Own: 1")
  })

  test.each([
    "gemini/../../v1beta/cachedContents",
    "gemini/..",
    "gemini/x/./y",
    "gemini/x//y",
    "gemini//x",
    "gemini/x\\..\\y",
    "bedrock/../model/y",
    "azure/../other",
  ])("that leads to another address of the provider is refused: %s", async (model) => {
    const answer = await setting.chat(model)
    expect([statusOf(answer), fieldOf(answer, "Pinpoint-Cause")]).toEqual([400, "model/request-invalid"])
    expect(setting.sent()).toEqual([])
  })

  test.each([
    ["gemini/x:countTokens", "/v1beta/models/x%3AcountTokens:generateContent"],
    ["gemini/x?key=1#", "/v1beta/models/x%3Fkey%3D1%23:generateContent"],
    ["gemini/%2e%2e/x", "/v1beta/models/%252e%252e/x:generateContent"],
    ["gemini/{model}", "/v1beta/models/%7Bmodel%7D:generateContent"],
    [
      "bedrock/arn:aws:bedrock:us-east-1:1:inference-profile/x.y",
      "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile/x.y/converse",
    ],
  ])("stays one in the provider's address: %s", async (model, path) => {
    await setting.chat(model)
    expect(setting.sent()[0]?.split(" ")[1]).toBe(path)
  })

  test("may be the path of a file where it stands in no address", async () => {
    expect(statusOf(await setting.chat("open//data/../x"))).toBe(200)
  })

  test("that stands twice is one name for the decision and for the provider", async () => {
    const body = '{"model":"open/cheap","mod\\u0065l":"open/dear","messages":[]}'
    const answer = await setting.ask("/v1/chat/completions", body)
    expect(fieldOf(answer, "Pinpoint-Target")).toBe("open/dear")
    expect(setting.sent()[0]).toEndWith('{"model":"dear","mod\\u0065l":"dear","messages":[]}')
  })
})

test("what cannot be carried is named in a head of bounded length, however much of it there is", async () => {
  const members = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`${"m".repeat(500)}${i}`, 1]))
  const body = JSON.stringify({
    model: "open/x",
    max_tokens: 5,
    messages: [{ role: "user", content: "hi" }],
    ...members,
  })
  const answer = await setting.ask("/v1/messages", body)
  expect(statusOf(answer)).toBe(200)
  expect(headOf(answer).length).toBeLessThan(12_000)
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`m${i}`, 1]))
  const other = await setting.ask(
    "/v1/messages",
    JSON.stringify({ model: "open/x", max_tokens: 5, messages: [{ role: "user", content: "hi" }], ...many }),
  )
  expect(fieldOf(other, "Pinpoint-Dropped")).toEndWith("4936_more")
})

test("a caller's field never stands beside the operator's of the same name", async () => {
  const body = JSON.stringify({ model: "anthropic/x", max_tokens: 5, messages: [{ role: "user", content: "hi" }] })
  await setting.ask(
    "/v1/messages",
    body,
    "Content-Type: application/json\r\nanthropic-version: 1999-01-01\r\nX_Api_Key: mine\r\nx-goog-api-key: mine\r\n",
  )
  const [sent = ""] = setting.sent()
  expect(sent.match(/^anthropic-version: .*$/gim)).toEqual(["anthropic-version: 2023-06-01"])
  expect(sent).not.toMatch(/mine/)
})

describe("a budget", () => {
  const streamed = JSON.stringify({ model: "paid", stream: true, messages: [{ role: "user", content: "hi" }] })
  const chunk = `data: ${JSON.stringify({ ...CHAT, choices: [{ index: 0, delta: { content: "x" } }] })}\n\n`

  test("pays for what was seen of an answer that its caller leaves just before the end", async () => {
    let isGone = false
    setting.provider.answer = (socket) => {
      socket.on("close", () => {
        isGone = true
      })
      socket.write(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n${chunk.repeat(20_000)}`)
    }
    const client = await RawClient.open(setting.gateway.port)
    client.send(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer ${CALLER_KEY}\r\nContent-Type: application/json\r\nContent-Length: ${streamed.length}\r\n\r\n${streamed}`,
    )
    await client.until(() => client.count > chunk.length * 19_900)
    const answer = client.text.slice(0, 2000)
    client.vanish()
    await until(() => isGone)
    let cost: number | undefined
    while (cost === undefined) cost = (await setting.kept(answer))?.model?.cost
    // 10 dollars a million tokens, in nano-dollars.
    expect(cost).toBeGreaterThan(19_000 * 10_000)
  })

  test.each([
    ["many answers of which one is told", "/v1/completions", { prompt: "hi", best_of: 20, max_tokens: 100_000 }],
    [
      "the smaller of two bounds",
      "/v1/chat/completions",
      { messages: [{ role: "user", content: "hi" }], max_completion_tokens: 1, max_tokens: 2_000_000 },
    ],
  ])("is asked for what the provider may take: %s", async (_, path, body) => {
    setting.provider.answer = answering({ ...CHAT, usage: undefined })
    const answer = await setting.ask(path, JSON.stringify({ model: "paid", ...body }))
    const cost = (await setting.kept(answer))?.model?.cost ?? 0
    expect(cost).toBeGreaterThanOrEqual(2_000_000 * 10_000)
  })
})
