import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import OpenAI from "openai"
import type { ChatAnswer } from "../form/answer.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { NO_USAGE } from "../form/usage.ts"
import { type JsonObject, objectOf, parseObject } from "../json.ts"
import { responsesInbound } from "./inbound.ts"

const ANSWER: ChatAnswer = {
  id: "resp_1",
  model: "m",
  created: 1_700_000_000,
  choices: [
    {
      parts: [
        { kind: "reasoning", text: "The user asks two things.", signature: "c2ln", format: "anthropic" },
        {
          kind: "text",
          text: "Paris, 'é' 👩‍👩‍👧.",
          citations: [{ from: 0, to: 5, url: "https://a.example/", title: "A" }],
        },
        { kind: "text", text: " And more." },
        { kind: "tool-call", id: "call_1", name: "weather", arguments: '{"city":"Paris"}' },
        { kind: "tool-call", id: "call_2", name: "weather", arguments: '{"city":"Rome"}', signature: "Z2VtaW5p" },
      ],
      stop: "tool-calls",
    },
  ],
  usage: { ...NO_USAGE, input: 12, output: 30, cachedInput: 4, reasoning: 8 },
}

let server: ReturnType<typeof Bun.serve> | undefined
let client = new OpenAI({ apiKey: "k", maxRetries: 0 })

/** Answers as the gateway does: `model` says how. */
async function answer(request: Request): Promise<Response> {
  const asked = responsesInbound.readRequest(parseObject(await request.text()) ?? {}, {})
  const told = { status: 429, message: "slow down", code: "limit/requests", facts: { decision: "d1" } }
  if (asked.model === "refused") return Response.json(responsesInbound.writeError(told), { status: 429 })
  if (!asked.stream) return Response.json(responsesInbound.writeAnswer(ANSWER, asked, new Losses()))
  const writer = responsesInbound.writer(asked, new Losses())
  const events = [...unfold(ANSWER)].map((it) => writer.write(it))
  const texts = asked.model === "fails" ? [...events.slice(0, 5), writer.fail(told)] : events
  return new Response(texts.join(""), { headers: { "content-type": writer.type } })
}

beforeAll(() => {
  server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer })
  client = new OpenAI({ apiKey: "k", maxRetries: 0, baseURL: `http://127.0.0.1:${server.port}/v1` })
})
afterAll(() => server?.stop(true))

describe("the official SDK", () => {
  test("reads a response with its text, calls and usage", async () => {
    const response = await client.responses.create({ model: "m", input: "Where?" })
    expect(response.output_text).toBe("Paris, 'é' 👩‍👩‍👧. And more.")
    expect(response.output.map((it) => it.type)).toEqual([
      "reasoning",
      "message",
      "function_call",
      "function_call",
      "reasoning",
    ])
    expect(response.usage?.total_tokens).toBe(42)
  })

  test("adds a stream up to the same response", async () => {
    const whole = await client.responses.create({ model: "m", input: "Where?" })
    const stream = client.responses.stream({ model: "m", input: "Where?" })
    const numbers: number[] = []
    let snapshot = ""
    stream.on("event", (event) => numbers.push(event.sequence_number))
    stream.on("response.output_text.delta", (event) => {
      snapshot = event.snapshot
    })
    const final = await stream.finalResponse()
    expect(JSON.stringify(final.output)).toContain('"name":"weather"')
    expect(final.output_text).toBe(whole.output_text)
    expect(final.usage).toEqual(whole.usage)
    expect(snapshot).toBe(" And more.")
    expect(numbers).toEqual(numbers.map((_, index) => index))
  })

  test("sends back what it was answered, and every part finds its place", async () => {
    const response = await client.responses.create({ model: "m", input: "Where?" })
    const output = objectOf(parseObject(JSON.stringify({ output: response.output })))?.output
    const input: JsonObject = { model: "m", input: Array.isArray(output) ? output : [] }
    const read = responsesInbound.readRequest(input, {})
    const parts = ANSWER.choices[0]?.parts ?? []
    expect(read.turns).toEqual([
      {
        role: "assistant",
        parts: parts.map((it, index) =>
          index === 1 && it.kind === "text"
            ? { ...it, citations: [expect.objectContaining({ url: "https://a.example/", from: 0, to: 5 })] }
            : it,
        ),
      },
    ])
  })

  test("raises its error for a refusal, with what was told", async () => {
    const refused = await client.responses.create({ model: "refused", input: "?" }).catch((error: unknown) => error)
    if (!(refused instanceof OpenAI.APIError)) throw new Error("it did not fail")
    expect([refused.status, refused.code, refused.type]).toEqual([429, "limit/requests", "rate_limit_error"])
    expect(refused.error).toMatchObject({ decision: "d1" })
  })

  test("raises its error for a stream that fails on the way", async () => {
    const stream = await client.responses.create({ model: "fails", input: "?", stream: true })
    const types: string[] = []
    const read = async (): Promise<void> => {
      for await (const event of stream) types.push(event.type)
    }
    const failed = await read().catch((error: unknown) => error)
    if (!(failed instanceof OpenAI.APIError)) throw new Error("it did not fail")
    expect(failed.code).toBe("limit/requests")
    expect(types[0]).toBe("response.created")
  })
})
