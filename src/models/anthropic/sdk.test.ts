import { afterAll, beforeAll, expect, test } from "bun:test"
import Anthropic from "@anthropic-ai/sdk"
import type { ChatAnswer } from "../form/answer.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { objectOf, parseJson } from "../json.ts"
import { readTokenCount, writeTokenCount } from "./count-tokens.ts"
import { anthropicInbound } from "./inbound.ts"
import { readCountRequest } from "./read-request.ts"

/** Thoughts that another format signed, cited text, a tool of Anthropic's own and two calls. */
const ANSWER: ChatAnswer = {
  id: "msg_1",
  model: "m",
  created: 0,
  choices: [
    {
      parts: [
        { kind: "reasoning", text: "hm", signature: "c2ln", format: "bedrock" },
        {
          kind: "opaque",
          format: "anthropic",
          what: "server tool use web_search",
          value: { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: { query: "grass" } },
        },
        { kind: "text", text: "Grün 🌱", citations: [{ url: "https://a.example", title: "A", quote: "q" }] },
        { kind: "refusal", text: "No." },
        { kind: "tool-call", id: "toolu_1", name: "get", arguments: '{"a": [1]}' },
        { kind: "tool-call", id: "toolu_2", name: "now", arguments: "" },
      ],
      stop: "tool-calls",
    },
  ],
  usage: {
    input: 100,
    output: 20,
    cachedInput: 30,
    cacheWrite: 20,
    cacheWriteHour: 5,
    reasoning: 4,
    audioInput: 0,
    audioOutput: 0,
  },
}

const told = { status: 403, message: "not yours", code: "model/not-allowed", facts: { decision: "d_1" } }

/** Answers as the gateway does, by what is asked. */
async function answer(request: Request): Promise<Response> {
  const body = objectOf(parseJson(await request.text())) ?? {}
  if (request.url.endsWith("/count_tokens")) {
    readCountRequest(body)
    return Response.json(writeTokenCount(7))
  }
  const asked = anthropicInbound.readRequest(body, {})
  const losses = new Losses()
  if (asked.model === "refused") return Response.json(anthropicInbound.writeError(told), { status: 403 })
  if (!asked.stream) return Response.json(anthropicInbound.writeAnswer(ANSWER, asked, losses))
  const writer = anthropicInbound.writer(asked, losses)
  const events = asked.model === "broken" ? [...unfold(ANSWER)].slice(0, 5) : [...unfold(ANSWER)]
  const text = events.map((it) => writer.write(it)).join("")
  const end = asked.model === "broken" ? writer.fail({ ...told, status: 529, message: "busy" }) : ""
  return new Response(text + end, { headers: { "content-type": writer.type } })
}

let server: ReturnType<typeof Bun.serve>
let client: Anthropic
beforeAll(() => {
  server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer })
  client = new Anthropic({ baseURL: `http://127.0.0.1:${server.port}`, apiKey: "k", maxRetries: 0 })
})
afterAll(() => server.stop(true))

const ask = (model: string) =>
  ({ model, max_tokens: 10, messages: [{ role: "user", content: "hi" }] }) satisfies Anthropic.MessageCreateParams

test("the official SDK reads from a stream what it reads from a whole answer", async () => {
  const whole = await client.messages.create(ask("m"))
  expect(whole.content.map(({ type }) => type)).toEqual([
    "thinking",
    "server_tool_use",
    "text",
    "text",
    "tool_use",
    "tool_use",
  ])
  expect(whole.usage).toMatchObject({ input_tokens: 50, cache_read_input_tokens: 30, output_tokens: 20 })
  const streamed = await client.messages.stream(ask("m")).finalMessage()
  const content = streamed.content.map((it) => (it.type === "text" ? { ...it, citations: it.citations ?? null } : it))
  expect(JSON.parse(JSON.stringify({ ...streamed, content }))).toMatchObject(
    JSON.parse(JSON.stringify({ ...whole, usage: {} })),
  )
  expect(streamed.usage).toMatchObject({ input_tokens: 50, cache_creation_input_tokens: 20, output_tokens: 20 })
})

test("thoughts that another format signed come back to it with the next request", async () => {
  const { content } = await client.messages.create(ask("m"))
  const body = { ...ask("m"), messages: [{ role: "assistant", content: content.slice(0, 1) }] }
  const { turns } = anthropicInbound.readRequest(objectOf(parseJson(JSON.stringify(body))) ?? {}, {})
  expect(turns).toEqual([
    { role: "assistant", parts: [{ kind: "reasoning", text: "hm", signature: "c2ln", format: "bedrock" }] },
  ])
})

test("the official SDK raises its own errors, whole and in a stream, with the facts in them", async () => {
  const refused = await client.messages.create(ask("refused")).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Anthropic.PermissionDeniedError)
  expect(refused).toMatchObject({
    status: 403,
    error: { error: { type: "permission_error", message: "not yours", code: "model/not-allowed", decision: "d_1" } },
  })
  const broken = await client.messages
    .stream(ask("broken"))
    .finalMessage()
    .catch((error: unknown) => error)
  expect(broken).toMatchObject({ error: { error: { type: "overloaded_error", message: "busy" } } })
})

test("the official SDK is told a count of tokens", async () => {
  expect(await client.messages.countTokens({ model: "m", messages: [{ role: "user", content: "hi" }] })).toEqual({
    input_tokens: 7,
  })
  expect(readTokenCount({ input_tokens: 7 })).toBe(7)
  expect(() => readTokenCount({})).toThrow("input_tokens must be a number")
})
