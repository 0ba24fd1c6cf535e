import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { type FinishReason, generateText, type LanguageModel, streamText, tool } from "ai"
import { z } from "zod"
import { caught } from "./caught.fixture.ts"
import { type AnswerDocument, answersOf, contentType, type ErrorDocument, errorsOf } from "./corpus.fixture.ts"
import { formats } from "./providers/provider.fixture.ts"
import { listen, type Reply, type Server } from "./providers/server.fixture.ts"
import { compatibleModel, vercelFormats, vercelModel } from "./vercel.fixture.ts"

test.each([...formats])("%s has at least twelve answers and some errors, each with its meaning", (format) => {
  expect(answersOf(format).length).toBeGreaterThanOrEqual(12)
  expect(errorsOf(format).length).toBeGreaterThan(3)
  const files = readdirSync(join(import.meta.dir, "corpus", format))
  const documents = answersOf(format).length + errorsOf(format).length
  expect(files.length).toBe(2 * documents)
})

test("whole answers are JSON", () => {
  for (const { ending, bytes } of [...answersOf(), ...errorsOf()]) if (ending === "json") JSON.parse(bytes.toString())
})

test("the messages of Bedrock's streams have right lengths and checksums", () => {
  for (const { ending, bytes } of answersOf("bedrock")) {
    if (ending !== "bin") continue
    for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
      const end = at + bytes.readUInt32BE(at)
      expect(end).toBeLessThanOrEqual(bytes.length)
      expect(bytes.readUInt32BE(at + 8)).toBe(crc32(bytes.subarray(at, at + 8)))
      expect(bytes.readUInt32BE(end - 4)).toBe(crc32(bytes.subarray(at, end - 4)))
    }
  }
})

test("Ollama's lines say what is expected of them", () => {
  for (const { ending, name, bytes, expected } of answersOf("ollama")) {
    const texts = ending === "json" ? [bytes.toString()] : bytes.toString().split(/\r?\n/)
    const lines = texts.filter(Boolean).map((it) => ollamaLine.parse(JSON.parse(it)))
    const { parts = [] } = expected.choices[0] ?? {}
    const said = (kind: "text" | "reasoning") => parts.map((it) => (it.kind === kind ? it.text : "")).join("")
    expect([name, lines.map((it) => it.message?.content ?? "").join("")]).toEqual([name, said("text")])
    expect(lines.map((it) => it.message?.thinking ?? "").join("")).toBe(said("reasoning"))
    const calls = lines
      .flatMap((it) => it.message?.tool_calls ?? [])
      .map((it) => [it.function.name, it.function.arguments])
    expect(calls).toEqual(parts.flatMap((it) => (it.kind === "tool-call" ? [[it.name, it.arguments]] : [])))
    expect(lines.at(-1)?.eval_count).toBe(expected.usage?.output)
    expect(lines.at(-1)?.error).toBe(expected.error?.message)
  }
})

const ollamaLine = z.looseObject({
  message: z
    .looseObject({
      content: z.string(),
      thinking: z.string().optional(),
      tool_calls: z
        .array(z.looseObject({ function: z.looseObject({ name: z.string(), arguments: z.looseObject({}) }) }))
        .optional(),
    })
    .optional(),
  eval_count: z.number().optional(),
  error: z.string().optional(),
})

test("Gemini's array says what is expected of it", () => {
  const array = answersOf("gemini").find(({ name }) => name === "stream-array")
  const chunks = geminiArray.parse(JSON.parse(array?.bytes.toString() ?? ""))
  const texts = chunks.flatMap((it) => it.candidates.flatMap(({ content }) => content.parts.map(({ text }) => text)))
  expect(array?.expected.choices[0]?.parts).toEqual([{ kind: "text", text: texts.join("") }])
})

const geminiPart = z.looseObject({ text: z.string() })
const geminiArray = z.array(
  z.looseObject({ candidates: z.array(z.looseObject({ content: z.looseObject({ parts: z.array(geminiPart) }) })) }),
)

/** What the Vercel AI SDK does not read as it is meant, and why; all else it has to read as we expect. */
const unread: Readonly<Record<string, string>> = {
  "openai-chat/mistral-thinking": "content as a list is Mistral's own",
  "openai-chat/stream-mistral-thinking": "content as a list is Mistral's own",
  "openai-chat/audio": "reads the transcript as text",
  "openai-chat/stream-choices": "joins the texts of all choices",
  "openai-chat/stream-groq": "usage in x_groq is Groq's own",
  "gemini/code-execution": "leaves the tokens of tool use out",
  "bedrock/context-window": "does not know the stop reason",
  "cohere/cached-usage": "leaves cached tokens out",
  "cohere/stream-length": "leaves cached tokens out",
  "cohere/timed-out": "does not know the stop reason",
  "openai-responses/reasoning-text": "reads summaries alone",
  "openai-responses/unknown-items": "refuses unknown items",
  "anthropic/unknown-fields": "refuses unknown blocks",
  "cohere/unknown-fields": "refuses unknown blocks",
  "gemini/stream-candidates": "joins the texts of all candidates",
}

/** Documents of dialects whose reasoning OpenAI itself does not send. */
const isDialect = (name: string): boolean => /deepseek|llama-cpp|vllm|openrouter/.test(name)

/** The Vercel AI SDK reads the documents as a judge of the expectations. */
describe.each([...vercelFormats])("the Vercel AI SDK reads %s", (format) => {
  let server: Server
  let reply: Reply = { kind: "silence" }
  beforeAll(async () => {
    server = await listen(() => ({ reply, left: () => undefined }))
  })
  afterAll(() => server.stop())

  const documents = answersOf(format).filter(({ name, expected }) => {
    return expected.error === undefined && name !== "stream-array" && unread[`${format}/${name}`] === undefined
  })
  test.each(documents.map((it) => [it.name, it] as const))("%s", async (_, document) => {
    reply = replyOf(document)
    const url = `http://127.0.0.1:${server.port}`
    const model = isDialect(document.name) ? compatibleModel(url, "m") : vercelModel(format, url, "m")
    const { text, reasoning, calls, usage, finishReason } = await read(model, document.expected.streamed)
    const { parts = [], stop = null } = document.expected.choices[0] ?? {}
    const told = document.expected.usage
    if (told !== null) {
      expect([usage.inputTokens, usage.outputTokens]).toEqual([told.input, told.output])
      expect(usage.inputTokenDetails.cacheReadTokens ?? 0).toBe(told.cachedInput)
      expect(usage.outputTokenDetails.reasoningTokens ?? 0).toBe(told.reasoning)
    }
    expect(finishReason).toBe(finishOf(stop))
    expect(text).toBe(parts.map((it) => (it.kind === "text" || it.kind === "refusal" ? it.text : "")).join(""))
    expect(reasoning).toBe(parts.map((it) => (it.kind === "reasoning" ? it.text.replaceAll("\n\n", "") : "")).join(""))
    expect(calls).toEqual(
      parts.flatMap((it) => (it.kind === "tool-call" ? [{ name: it.name, input: it.arguments }] : [])),
    )
  })

  test.each(errorsOf(format).map((it) => [it.name, it] as const))("%s", async (_, document) => {
    reply = replyOf(document)
    const { status, message } = document.expected.error
    const { port } = server
    const failed = generateText({
      model: vercelModel(format, `http://127.0.0.1:${port}`, "m"),
      prompt: "x",
      maxRetries: 0,
    })
    const error = await caught(failed)
    expect(error).toMatchObject({ statusCode: status })
    expect(JSON.stringify(error)).toContain(JSON.stringify(message).slice(1, -1))
  })
})

function replyOf(document: AnswerDocument | ErrorDocument): Reply {
  const headers = { "content-type": contentType(document) }
  const { bytes, expected } = document
  if ("error" in expected && !("choices" in expected))
    return { kind: "whole", status: expected.error?.status ?? 500, headers, body: bytes }
  return { kind: "whole", status: 200, headers, body: bytes }
}

function finishOf(stop: AnswerDocument["expected"]["choices"][number]["stop"]): FinishReason {
  switch (stop) {
    case "end":
    case "stop-sequence":
      return "stop"
    case "tools":
      return "tool-calls"
    case "filter":
    case "refusal":
      return "content-filter"
    case "length":
      return "length"
    case "error":
      return "error"
    case "pause":
      return "stop"
    case null:
      return "other"
  }
}

/** Calls of the provider's own tools are left out; refusals are read as text, summaries of reasoning one after the other. */
async function read(model: LanguageModel, isStreamed: boolean) {
  const called = tool({ inputSchema: z.looseObject({}), execute: () => "done" })
  const tools = { get_weather: called, get_time: called, now: called, f: called, g: called }
  const request = { model, prompt: "x", maxRetries: 0, tools }
  const streamed = isStreamed ? streamText({ ...request, onError: () => undefined }) : undefined
  await streamed?.consumeStream()
  const [step] = streamed === undefined ? (await generateText(request)).steps : await streamed.steps
  if (step === undefined) throw new Error("The answer had no step")
  const calls = step.toolCalls
    .filter((it) => !it.providerExecuted)
    .map((it) => ({ name: it.toolName, input: it.input }))
  const { text, usage, finishReason } = step
  return { text, reasoning: step.reasoning.map((it) => it.text).join(""), calls, usage, finishReason }
}
