import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { ApiError, type Content, FunctionCallingConfigMode, GoogleGenAI, ThinkingLevel, Type } from "@google/genai"
import type { ChatAnswer } from "../form/answer.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { NO_USAGE } from "../form/usage.ts"
import { parseObject } from "../json.ts"
import { readCountRequest, writeCount } from "./count-tokens.ts"
import { geminiInbound } from "./inbound.ts"

const ANSWER: ChatAnswer = {
  id: "r1",
  model: "m",
  created: 0,
  choices: [
    {
      parts: [
        { kind: "reasoning", text: "Hm.", signature: "c2ln", format: "anthropic" },
        {
          kind: "text",
          text: "é👍 Paris",
          citations: [{ from: 4, to: 9, url: "https://a.example/", title: "A" }],
        },
        { kind: "tool-call", id: "call_1", name: "weather", arguments: '{"city":"Paris"}', signature: "Z2VtaW5p" },
      ],
      stop: "tool-calls",
    },
  ],
  usage: { ...NO_USAGE, input: 12, output: 30, reasoning: 8 },
}

let last: ChatRequest | undefined
let server: ReturnType<typeof Bun.serve> | undefined
let client = new GoogleGenAI({ apiKey: "k" })

/** Answers as the gateway does: the address tells the model and what is asked. */
async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const [model = "", method = ""] = pathname.slice(pathname.lastIndexOf("/") + 1).split(":")
  const body = parseObject(await request.text()) ?? {}
  const told = { status: 429, message: "slow down", code: "limit/requests", facts: { decision: "d1" } }
  if (model === "refused") return Response.json(geminiInbound.writeError(told), { status: 429 })
  if (method === "countTokens") {
    last = readCountRequest(body, { model })
    return Response.json(writeCount(17))
  }
  const stream = method === "streamGenerateContent"
  const asked = geminiInbound.readRequest(body, { model, stream })
  last = asked
  if (!stream) return Response.json(geminiInbound.writeAnswer(ANSWER, asked, new Losses()))
  const framing = searchParams.get("alt") === "sse" ? "sse" : "json-array"
  const writer = geminiInbound.writer(asked, new Losses(), { framing })
  const events = [...unfold(ANSWER)].map((it) => writer.write(it))
  const texts = model === "fails" ? [...events.slice(0, 5), writer.fail(told)] : events
  return new Response(texts.join(""), { headers: { "content-type": writer.type } })
}

beforeAll(() => {
  server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer })
  client = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: `http://127.0.0.1:${server.port}` } })
})
afterAll(() => server?.stop(true))

describe("the official SDK", () => {
  test("asks with all options, and is understood", async () => {
    await client.models.generateContent({
      model: "gemini-3-pro",
      contents: [
        { role: "user", parts: [{ text: "Where?" }, { inlineData: { mimeType: "image/png", data: "aGk=" } }] },
      ],
      config: {
        systemInstruction: "Be short.",
        temperature: 0.5,
        maxOutputTokens: 100,
        stopSequences: ["END"],
        responseMimeType: "application/json",
        responseSchema: {
          type: Type.OBJECT,
          properties: { n: { type: Type.INTEGER, nullable: true } },
          required: ["n"],
        },
        thinkingConfig: { thinkingLevel: ThinkingLevel.LOW, includeThoughts: true },
        tools: [
          {
            functionDeclarations: [
              {
                name: "weather",
                parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING, minLength: "1" } } },
              },
            ],
          },
          { googleSearch: {} },
        ],
        toolConfig: {
          functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ["weather"] },
        },
      },
    })
    expect(last).toEqual({
      model: "gemini-3-pro",
      system: [{ kind: "text", text: "Be short." }],
      turns: [
        {
          role: "user",
          parts: [
            { kind: "text", text: "Where?" },
            { kind: "image", medium: { kind: "inline", type: "image/png", data: "aGk=" } },
          ],
        },
      ],
      tools: [
        {
          kind: "function",
          name: "weather",
          parameters: { type: "object", properties: { city: { type: "string", minLength: 1 } } },
        },
        { kind: "provider", format: "gemini", what: "googleSearch", value: { googleSearch: {} } },
      ],
      toolChoice: { kind: "named", name: "weather" },
      temperature: 0.5,
      maxTokens: 100,
      output: {
        kind: "schema",
        name: "response",
        schema: { type: "object", properties: { n: { type: ["integer", "null"] } }, required: ["n"] },
      },
      stop: ["END"],
      reasoning: { effort: "low", told: true },
      stream: false,
      streamUsage: true,
      extras: { format: "gemini", members: {} },
    })
  })

  test("reads an answer with its text, calls and usage", async () => {
    const response = await client.models.generateContent({ model: "m", contents: "Where?" })
    expect(response.text).toBe("é👍 Paris")
    expect(response.functionCalls).toEqual([{ id: "call_1", name: "weather", args: { city: "Paris" } }])
    expect(response.usageMetadata).toMatchObject({
      promptTokenCount: 12,
      candidatesTokenCount: 22,
      thoughtsTokenCount: 8,
    })
    // Bytes: é takes two, the thumb four.
    const [citation] = response.candidates?.[0]?.citationMetadata?.citations ?? []
    expect(citation).toEqual({ startIndex: 7, endIndex: 12, uri: "https://a.example/", title: "A" })
  })

  test("reads a stream, and sends what it kept of it back with every part in its place", async () => {
    const chat = client.chats.create({ model: "m" })
    let text = ""
    let reason: string | undefined
    for await (const chunk of await chat.sendMessageStream({ message: "Where?" })) {
      text += chunk.text ?? ""
      reason = chunk.candidates?.[0]?.finishReason ?? reason
    }
    expect([text, reason]).toEqual(["é👍 Paris", "STOP"])
    const response = { functionResponse: { name: "weather", response: { output: "sunny" } } }
    await chat.sendMessage({ message: [response] })
    const said = last?.turns.flatMap((it) => (it.role === "assistant" ? it.parts : [])) ?? []
    expect(said).toContainEqual({ kind: "reasoning", text: "Hm.", signature: "c2ln", format: "anthropic" })
    expect(said).toContainEqual({
      kind: "tool-call",
      id: "call_1",
      name: "weather",
      arguments: '{"city":"Paris"}',
      signature: "Z2VtaW5p",
    })
    expect(last?.turns.at(-1)).toEqual({
      role: "tool",
      results: [{ id: "call_1", name: "weather", parts: [{ kind: "text", text: "sunny" }], isError: false }],
    })
  })

  test("counts tokens", async () => {
    const contents: Content[] = [{ role: "user", parts: [{ text: "a" }] }]
    expect((await client.models.countTokens({ model: "m", contents })).totalTokens).toBe(17)
    expect(last?.turns).toEqual([{ role: "user", parts: [{ kind: "text", text: "a" }] }])
  })

  test("raises its error for a refusal, and for a stream that fails on the way", async () => {
    const refused = await client.models.generateContent({ model: "refused", contents: "?" }).catch((it: unknown) => it)
    if (!(refused instanceof ApiError)) throw new Error("it did not fail")
    expect(refused.status).toBe(429)
    expect(parseObject(refused.message)).toMatchObject({
      error: { code: 429, status: "RESOURCE_EXHAUSTED", details: [{ reason: "limit/requests", decision: "d1" }] },
    })
    const read = async (): Promise<void> => {
      const texts: string[] = []
      for await (const chunk of await client.models.generateContentStream({ model: "fails", contents: "?" }))
        texts.push(chunk.text ?? "")
    }
    const failed = await read().catch((it: unknown) => it)
    if (!(failed instanceof ApiError)) throw new Error("it did not fail")
    expect(failed.status).toBe(429)
  })
})
