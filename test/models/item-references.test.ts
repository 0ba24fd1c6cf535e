import { afterAll, beforeAll, expect, test } from "bun:test"
import { createOpenAI } from "@ai-sdk/openai"
import { APICallError, generateText, type ModelMessage } from "ai"
import { caught } from "./caught.fixture.ts"
import { CALLER_KEY, type ModelGateway, startModelGateway } from "./gateway.fixture.ts"

let gateway: ModelGateway
beforeAll(async () => {
  globalThis.AI_SDK_LOG_WARNINGS = false
  gateway = await startModelGateway()
})
afterAll(() => gateway.stop())

/** Two turns, the first of which is sent back as the SDK does it by itself. */
async function talk(store: boolean | undefined): Promise<unknown> {
  const openai = createOpenAI({ apiKey: CALLER_KEY, baseURL: `${gateway.url}/v1` })
  const request = {
    model: openai("anthropic/works"),
    maxRetries: 0,
    providerOptions: { openai: store === undefined ? {} : { store } },
  }
  const messages: ModelMessage[] = [{ role: "user", content: "say one" }]
  const first = await generateText({ ...request, messages })
  messages.push(...first.response.messages, { role: "user", content: "say two" })
  return (await generateText({ ...request, messages })).text
}

test("the Vercel AI SDK refers to what OpenAI would have stored, and is told what to set instead", async () => {
  const error = await caught(talk(undefined))
  expect(APICallError.isInstance(error) && error.statusCode).toBe(400)
  expect(String(error)).toContain("store: false")
})

test("with store: false it sends what was said, and any provider can go on", async () => {
  expect(await talk(false)).toBe("two")
})
