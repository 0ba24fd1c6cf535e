import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test"
import { z } from "zod"
import { ask, type Question } from "./asking.fixture.ts"
import type { Format } from "./providers/provider.fixture.ts"
import { reasoningSignature } from "./providers/script.fixture.ts"
import { type Setting, startSetting } from "./setting.fixture.ts"

setDefaultTimeout(30_000)

const FORMATS = ["openai-responses", "anthropic", "gemini"] as const

/** `x-first` fails in the format `x`, so that another answers. */
const MODELS = `
  claude: [{ provider: anthropic, model: claude-sonnet-4-5 }]
  claude-first: { targets: [{ provider: anthropic, model: claude-sonnet-4-5.fault-500 }, { provider: gemini, model: g }], retries: 0 }
  gemini: [{ provider: gemini, model: g }]
  gemini-first: { targets: [{ provider: gemini, model: g/fault-500 }, { provider: anthropic, model: claude-sonnet-4-5 }], retries: 0 }
  responses: [{ provider: openai-responses, model: o }]
  responses-first: { targets: [{ provider: openai-responses, model: o/fault-500 }, { provider: anthropic, model: claude-sonnet-4-5 }], retries: 0 }
`

let setting: Setting
beforeAll(async () => {
  setting = await startSetting(FORMATS)
  setting.configure("", MODELS)
})
afterAll(async () => {
  await setting.stop()
  expect(setting.gateway.faults).toEqual([])
})

const lastOf = (format: Format): string => setting.provider(format).requests().at(-1)?.body.toString() ?? ""

/** Marks of what the gateway makes for callers to keep, which no provider has made. */
const MARKS = /pinpoint\.eyJ|cGlucG9pbnQ6|rs_made_|ig_made_/

const thinking = { type: "enabled", budget_tokens: 1024 }
const claudeTools = [{ name: "get_weather", input_schema: { type: "object", properties: {} } }]
const claude = (model: string, messages?: readonly unknown[]): Question => ({
  dialect: "anthropic",
  model,
  text: "weather in Oslo",
  maxTokens: 3000,
  more: { thinking, tools: claudeTools, ...(messages && { messages }) },
})
const blocks = z.object({ content: z.array(z.looseObject({ type: z.string(), id: z.string().optional() })) })

test("a conversation in Anthropic's dialect goes from Anthropic to Gemini and back, and to Gemini again", async () => {
  const first = await ask(setting.gateway, claude("claude-first"))
  expect([first.status, first.headers.get("pinpoint-target")]).toEqual([200, "gemini/g"])
  expect(first.raw).toMatch(MARKS)
  const { content } = blocks.parse(JSON.parse(first.raw))
  const call = content.find(({ type }) => type === "tool_use")
  const messages = [
    { role: "user", content: "weather in Oslo" },
    { role: "assistant", content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: call?.id, content: "rain" }] },
  ]
  for (const model of ["claude", "claude-first", "gemini"]) {
    const next = await ask(setting.gateway, claude(model, messages))
    expect([model, next.status, next.said]).toEqual([model, 200, expect.stringContaining("The results are: rain")])
    const sent = lastOf(model === "claude" ? "anthropic" : "gemini")
    expect(sent).not.toMatch(MARKS)
    // Who signed it gets the signature back; who did not is not told of it.
    expect(sent.includes(reasoningSignature)).toBe(model !== "claude")
  }
})

test("what Anthropic signed goes back to it byte for byte", async () => {
  const first = await ask(setting.gateway, claude("claude"))
  const { content } = blocks.parse(JSON.parse(first.raw))
  const call = content.find(({ type }) => type === "tool_use")
  const messages = [
    { role: "user", content: "weather in Oslo" },
    { role: "assistant", content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: call?.id, content: "a pinpoint. And more" }] },
  ]
  const question = claude("claude", messages)
  const next = await ask(setting.gateway, { ...question, more: { ...question.more, x_own: 1 } })
  expect(next.status).toBe(200)
  const sent: unknown = JSON.parse(lastOf("anthropic"))
  expect(sent).toMatchObject({ messages, x_own: 1 })
})

test("a conversation in Gemini's dialect goes from Gemini to Anthropic and back", async () => {
  const tools = [{ functionDeclarations: [{ name: "get_weather" }] }]
  const generationConfig = { maxOutputTokens: 3000, thinkingConfig: { includeThoughts: true, thinkingBudget: 1024 } }
  const asking = (model: string, contents?: readonly unknown[]): Question => ({
    dialect: "gemini",
    model,
    text: "weather in Oslo",
    more: { tools, generationConfig, ...(contents && { contents }) },
  })
  const first = await ask(setting.gateway, asking("gemini-first"))
  expect([first.status, first.headers.get("pinpoint-target")]).toEqual([200, "anthropic/claude-sonnet-4-5"])
  expect(first.raw).toMatch(MARKS)
  const part = z.looseObject({ functionCall: z.looseObject({ id: z.string().optional() }).optional() })
  const [candidate] = z
    .object({ candidates: z.array(z.looseObject({ content: z.looseObject({ parts: z.array(part) }) })) })
    .parse(JSON.parse(first.raw)).candidates
  const id = candidate?.content.parts.find((it) => it.functionCall !== undefined)?.functionCall?.id
  const contents = [
    { role: "user", parts: [{ text: "weather in Oslo" }] },
    candidate?.content,
    {
      role: "user",
      parts: [{ functionResponse: { ...(id && { id }), name: "get_weather", response: { result: "rain" } } }],
    },
  ]
  for (const model of ["gemini", "gemini-first"]) {
    const next = await ask(setting.gateway, asking(model, contents))
    expect([model, next.status, next.said]).toEqual([model, 200, expect.stringContaining("rain")])
    const sent = lastOf(model === "gemini" ? "gemini" : "anthropic")
    expect(sent).not.toMatch(MARKS)
    expect(sent.includes(reasoningSignature)).toBe(model !== "gemini")
  }
})

test("items that were made up for OpenAI's responses do not go back to OpenAI", async () => {
  const post = async (model: string, input: unknown) => {
    const answer = await fetch(`${setting.gateway.url}/v1/responses`, {
      method: "POST",
      headers: { "x-api-key": "alice-0123456789abcdef", "content-type": "application/json" },
      body: JSON.stringify({
        model,
        input,
        reasoning: { effort: "low", summary: "auto" },
        include: ["reasoning.encrypted_content"],
        store: false,
      }),
    })
    expect(answer.status).toBe(200)
    return z.object({ output: z.array(z.looseObject({ type: z.string() })) }).parse(await answer.json()).output
  }
  const output = await post("responses-first", "say hello")
  expect(JSON.stringify(output)).toMatch(MARKS)
  const input = [{ role: "user", content: "say hello" }, ...output, { role: "user", content: "say it again" }]
  await post("responses", input)
  expect(lastOf("openai-responses")).not.toMatch(MARKS)
  expect(lastOf("openai-responses")).toContain("say it again")
})
