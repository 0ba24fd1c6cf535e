import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import OpenAI from "openai"
import type { ChatAnswer } from "../form/answer.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { type JsonObject, parseObject } from "../json.ts"
import { chatOutbound } from "../openai-chat/outbound.ts"
import { completionsInbound } from "./inbound.ts"

const read = (body: JsonObject) => completionsInbound.readRequest({ model: "m", prompt: "Say hi", ...body }, {})
const ANSWER: ChatAnswer = {
  id: "c1",
  model: "m",
  created: 7,
  choices: [
    {
      parts: [
        { kind: "text", text: "Hi" },
        { kind: "text", text: "!" },
      ],
      stop: "end",
      logprobs: [{ token: "Hi", logprob: -0.5, bytes: null, top: [{ token: "Ho", logprob: -2, bytes: null }] }],
    },
    { parts: [{ kind: "text", text: "Ho" }], stop: "length" },
  ],
  usage: {
    input: 2,
    output: 3,
    cachedInput: 0,
    cacheWrite: 0,
    cacheWriteHour: 0,
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
  },
}

describe("a completion is read as a chat", () => {
  test("with the example of the API reference", () => {
    expect(
      read({
        max_tokens: 7,
        temperature: 0,
        n: 2,
        logprobs: 1,
        stop: ["\n"],
        stream: true,
        stream_options: { include_usage: true },
      }),
    ).toEqual({
      model: "m",
      system: [],
      turns: [{ role: "user", parts: [{ kind: "text", text: "Say hi" }] }],
      tools: [],
      output: { kind: "text" },
      maxTokens: 7,
      logprobs: 1,
      temperature: 0,
      choices: 2,
      stop: ["\n"],
      stream: true,
      streamUsage: true,
    })
  })

  test("of one prompt in an array; of several, or of tokens, it is refused with a way out", () => {
    expect(read({ prompt: ["x"] }).turns).toMatchObject([{ parts: [{ text: "x" }] }])
    for (const prompt of [["a", "b"], [1, 2], [[1, 2]], null])
      expect(() => read({ prompt })).toThrow("prompt must be one text, alone or in an array")
  })

  test("and what a chat cannot do is named as lost", () => {
    const losses = new Losses()
    const body = chatOutbound.writeRequest(read({ echo: true, suffix: "x", best_of: 3, user: "u" }), {}, losses)
    expect(losses.list().map(({ what }) => what)).toEqual([
      "completions.echo",
      "completions.suffix",
      "completions.best_of",
    ])
    expect(body).toEqual({ model: "m", messages: [{ role: "user", content: "Say hi" }], user: "u" })
    expect(read({ echo: false, suffix: null, best_of: 1 }).extras).toBeUndefined()
  })
})

describe("OpenAI's SDK", () => {
  let server: ReturnType<typeof Bun.serve>
  let client: OpenAI

  beforeAll(() => {
    server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      async fetch(it) {
        const request = completionsInbound.readRequest(parseObject(await it.text()) ?? {}, {})
        if (!request.stream) return Response.json(completionsInbound.writeAnswer(ANSWER, request, new Losses()))
        const writer = completionsInbound.writer(request, new Losses())
        const text = [...unfold(ANSWER)].map((event) => writer.write(event)).join("")
        return new Response(text, { headers: { "content-type": writer.type } })
      },
    })
    client = new OpenAI({ baseURL: `http://127.0.0.1:${server.port}/v1`, apiKey: "k", maxRetries: 0 })
  })

  afterAll(() => server.stop(true))

  test("reads the answer", async () => {
    const answer = await client.completions.create({ model: "m", prompt: "x" })
    expect(answer.choices.map(({ text, finish_reason }) => [text, finish_reason])).toEqual([
      ["Hi!", "stop"],
      ["Ho", "length"],
    ])
    expect(answer.choices[0]?.logprobs).toEqual({
      tokens: ["Hi"],
      token_logprobs: [-0.5],
      top_logprobs: [{ Ho: -2 }],
      text_offset: [0],
    })
  })

  test("reads the stream", async () => {
    const texts = ["", ""]
    let total: number | undefined
    const asked = { model: "m", prompt: "x", stream: true, stream_options: { include_usage: true } } as const
    for await (const it of await client.completions.create(asked)) {
      for (const { index, text } of it.choices) texts[index] += text
      total = it.usage?.total_tokens ?? total
    }
    expect(texts).toEqual(["Hi!", "Ho"])
    expect(total).toBe(5)
  })
})

test("what is no text is dropped by name, whole and streamed", () => {
  const parts: ChatAnswer["choices"][number]["parts"] = [
    { kind: "reasoning", text: "Hm", signature: "s" },
    { kind: "text", text: "x", citations: [{ url: "https://a.b" }], signature: "s" },
    { kind: "tool-call", id: "a", name: "f", arguments: "{}" },
    { kind: "made", medium: { kind: "file", id: "f" } },
    { kind: "opaque", format: "anthropic", what: "server tool use", value: {} },
  ]
  const answer: ChatAnswer = { ...ANSWER, choices: [{ parts, stop: "pause" }], serviceTier: "flex" }
  const whole = new Losses()
  completionsInbound.writeAnswer(answer, read({}), whole)
  const streamed = new Losses()
  const writer = completionsInbound.writer(read({}), streamed)
  for (const it of unfold(answer)) writer.write(it)
  const told = [
    "citations",
    "made media",
    "server tool use",
    "service_tier",
    "stop reason pause",
    "thought signatures",
    "thoughts",
    "tool calls",
  ]
  for (const it of [whole, streamed])
    expect(
      it
        .list()
        .map(({ what }) => what)
        .sort(),
    ).toEqual(told)
})
