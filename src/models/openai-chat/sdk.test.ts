import { afterAll, beforeAll, expect, test } from "bun:test"
import OpenAI from "openai"
import type { ChatAnswer } from "../form/answer.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { parseObject } from "../json.ts"
import { chatInbound } from "./inbound.ts"

/** Thinking with a call, as Anthropic's models answer. */
const ANSWER: ChatAnswer = {
  id: "msg_1",
  model: "claude",
  created: 7,
  choices: [
    {
      parts: [
        { kind: "reasoning", text: "I should look.", signature: "c2ln", format: "anthropic" },
        { kind: "reasoning", text: "", redacted: "cmVk", format: "anthropic" },
        { kind: "text", text: "Let me look." },
        { kind: "tool-call", id: "toolu_1", name: "weather", arguments: '{"city":"Paris"}' },
        { kind: "tool-call", id: "toolu_2", name: "time", arguments: "" },
      ],
      stop: "tool-calls",
    },
  ],
  usage: {
    input: 9,
    output: 5,
    cachedInput: 3,
    cacheWrite: 0,
    cacheWriteHour: 0,
    reasoning: 2,
    audioInput: 0,
    audioOutput: 0,
  },
}

let server: ReturnType<typeof Bun.serve>
let client: OpenAI

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(it) {
      const request = chatInbound.readRequest(parseObject(await it.text()) ?? {}, {})
      const losses = new Losses()
      if (request.model === "fails") {
        const told = { status: 429, message: "Slow down", code: "limits/rate", facts: { decision: "d1" } }
        return Response.json(chatInbound.writeError(told), { status: 429 })
      }
      if (!request.stream) return Response.json(chatInbound.writeAnswer(ANSWER, request, losses))
      const writer = chatInbound.writer(request, losses)
      const events = [...unfold(ANSWER)]
      const whole = request.model === "breaks" ? events.slice(0, 6) : events
      const text = whole.map((event) => writer.write(event)).join("")
      const failure = { status: 502, message: "The provider broke off", code: "model/cut", facts: {} }
      return new Response(request.model === "breaks" ? text + writer.fail(failure) : text, {
        headers: { "content-type": writer.type },
      })
    },
  })
  client = new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey: "k", maxRetries: 0 })
})

afterAll(() => server.stop(true))

const ask = {
  model: "claude",
  messages: [{ role: "user", content: "Weather?" }],
} satisfies OpenAI.ChatCompletionCreateParams

function sentBack(message: object): unknown {
  const body = parseObject(JSON.stringify({ model: "m", messages: [message] })) ?? {}
  return chatInbound.readRequest(body, {}).turns
}

const TURN = {
  role: "assistant",
  parts: ANSWER.choices[0]?.parts.map((it) =>
    it.kind === "tool-call" ? { ...it, arguments: it.arguments || "{}" } : it,
  ),
}

test("OpenAI's SDK reads an answer, and what it sends back holds the signatures of thoughts", async () => {
  const answer = await client.chat.completions.create(ask)
  expect(answer.choices[0]?.message.tool_calls?.map(({ id }) => id)).toEqual(["toolu_1", "toolu_2"])
  expect(answer.usage?.prompt_tokens_details?.cached_tokens).toBe(3)
  expect(sentBack(answer.choices[0]?.message ?? {})).toEqual([TURN])
})

test("OpenAI's SDK adds up a stream to the message that a whole answer has", async () => {
  const stream = client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } })
  const answer = await stream.finalChatCompletion()
  expect(answer.choices[0]?.finish_reason).toBe("tool_calls")
  expect(answer.choices[0]?.message.content).toBe("Let me look.")
  expect(answer.usage?.total_tokens).toBe(14)
  expect(sentBack(answer.choices[0]?.message ?? {})).toEqual([TURN])
})

test("OpenAI's SDK raises its own errors, before a stream and in the middle of one", async () => {
  const refused = await client.chat.completions.create({ ...ask, model: "fails" }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(OpenAI.RateLimitError)
  expect(refused).toMatchObject({ code: "limits/rate", error: { decision: "d1" } })
  const stream = await client.chat.completions.create({ ...ask, model: "breaks", stream: true })
  const read = async (): Promise<void> => {
    for await (const it of stream) expect(it.choices[0]?.finish_reason).toBeNull()
  }
  expect(await read().catch((error: unknown) => error)).toMatchObject({
    code: "model/cut",
    message: "The provider broke off",
  })
})
