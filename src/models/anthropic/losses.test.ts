import { describe, expect, test } from "bun:test"
import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { anthropicInbound } from "./inbound.ts"
import { anthropicOutbound } from "./outbound.ts"

const ASKED: ChatRequest = {
  model: "claude-sonnet-4-5",
  system: [],
  turns: [{ role: "user", parts: [{ kind: "text", text: "hi" }] }],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: false,
  streamUsage: false,
}
const TOOLS = [{ kind: "function", name: "a" }] as const
const said = (...parts: readonly UserPart[]): Partial<ChatRequest> => ({
  turns: [...ASKED.turns, { role: "user", parts }],
})
const answered = (...parts: readonly AnswerPart[]): Partial<ChatRequest> => ({
  turns: [...ASKED.turns, { role: "assistant", parts }],
})

const REQUESTS: readonly (readonly [lost: readonly string[], request: Partial<ChatRequest>])[] = [
  [[], {}],
  [["min_p"], { minP: 0.1 }],
  [["seed"], { seed: 1 }],
  [["presence_penalty"], { presencePenalty: 1 }],
  [["frequency_penalty"], { frequencyPenalty: 1 }],
  [["logprobs"], { logprobs: 0 }],
  [["logit_bias"], { logitBias: {} }],
  [["audio"], { audio: {} }],
  [["metadata"], { metadata: { a: "b" } }],
  [["n"], { choices: 2 }],
  [["modality audio"], { modalities: ["text", "audio"] }],
  [["response_format"], { output: { kind: "json" } }],
  [["response_format.description"], { output: { kind: "schema", name: "a", schema: {}, description: "b" } }],
  [["response_format.strict"], { output: { kind: "schema", name: "a", schema: {}, strict: false } }],
  [["service_tier"], { serviceTier: "flex" }],
  [["temperature"], { temperature: 1.5 }],
  [["top_p"], { temperature: 1, topP: 0.5 }],
  [["temperature", "top_p", "top_k"], { model: "claude-opus-4-8", temperature: 0, topP: 0.5, topK: 1 }],
  [["temperature", "top_k"], { reasoning: { effort: "low" }, temperature: 0, topK: 1 }],
  [["reasoning"], { model: "claude-3-haiku-20240307", reasoning: { effort: "low" } }],
  [["reasoning"], { reasoning: { effort: "low" }, maxTokens: 500 }],
  [["reasoning.budget"], { reasoning: { budget: 9000 }, maxTokens: 9000 }],
  [["reasoning.budget"], { model: "claude-opus-4-8", reasoning: { budget: 9000 } }],
  [["reasoning.effort"], { model: "claude-opus-4-6", reasoning: { effort: "minimal" } }],
  [["reasoning.effort"], { model: "claude-opus-4-6", reasoning: { effort: "xhigh" } }],
  [["reasoning.effort"], { model: "claude-opus-5-5", reasoning: { effort: "none" } }],
  [["reasoning.summary"], { reasoning: { told: true } }],
  [["tool_choice"], { toolChoice: { kind: "auto" } }],
  [["parallel_tool_calls"], { parallelTools: true }],
  [["parallel_tool_calls"], { tools: TOOLS, toolChoice: { kind: "none" }, parallelTools: true }],
  [["tool_choice"], { tools: TOOLS, toolChoice: { kind: "required" }, reasoning: { effort: "low" } }],
  [["tool web"], { tools: [...TOOLS, { kind: "provider", format: "gemini", what: "web", value: {} }] }],
  [["x"], { extras: { format: "openai-chat", members: { x: 1 } } }],
  [["messages[0].x"], { extras: { format: "anthropic", members: { "messages[0].x": 1 } } }],
  [["name of a turn"], { turns: [{ role: "user", parts: [{ kind: "text", text: "hi" }], name: "Eve" }] }],
  [["the first turn"], { turns: [] }],
  [
    ["the role of later instructions"],
    { turns: [...ASKED.turns, { role: "system", parts: [{ kind: "text", text: "be brief" }] }] },
  ],
  [["image detail"], said({ kind: "image", medium: { kind: "address", url: "https://a.example" }, detail: "low" })],
  [["image of image/tiff"], said({ kind: "image", medium: { kind: "inline", type: "image/tiff", data: "" } })],
  [["document of a/b"], said({ kind: "document", medium: { kind: "inline", type: "a/b", data: "" } })],
  [["audio"], said({ kind: "audio", medium: { kind: "file", id: "a" } })],
  [["video"], said({ kind: "video", medium: { kind: "file", id: "a" } })],
  [["thing"], said({ kind: "opaque", format: "gemini", what: "thing", value: {} })],
  [["signature of a text"], answered({ kind: "text", text: "a", signature: "b" })],
  [["citations"], answered({ kind: "text", text: "a", citations: [{ url: "https://a.example" }] })],
  [["reasoning of earlier turns"], answered({ kind: "reasoning", text: "a", signature: "b", format: "bedrock" })],
  [["reasoning of earlier turns"], answered({ kind: "reasoning", text: "a" })],
  [["signature of a tool call"], answered({ kind: "tool-call", id: "a", name: "b", arguments: "", signature: "c" })],
  [["arguments of a tool call"], answered({ kind: "tool-call", id: "a", name: "b", arguments: "{" })],
  [["image of an earlier answer"], answered({ kind: "made", medium: { kind: "inline", type: "image/png", data: "" } })],
]

test("what a request to Anthropic cannot carry is told, and nothing else", () => {
  const told = REQUESTS.map(([, request]) => {
    const losses = new Losses()
    anthropicOutbound.writeRequest({ ...ASKED, ...request }, {}, losses)
    return losses.list().map(({ what }) => what)
  })
  expect(told).toEqual(REQUESTS.map(([lost]) => [...lost]))
})

const ANSWER: ChatAnswer = { id: "a", model: "m", created: 0, choices: [{ parts: [], stop: "end" }] }
const choice = (...parts: readonly AnswerPart[]): Partial<ChatAnswer> => ({ choices: [{ parts, stop: "end" }] })

const ANSWERS: readonly (readonly [lost: readonly string[], answer: Partial<ChatAnswer>])[] = [
  [[], { created: 7 }],
  [["choices"], { choices: [...ANSWER.choices, { parts: [{ kind: "text", text: "b" }], stop: "end" }] }],
  [["logprobs"], { choices: [{ parts: [], stop: "end", logprobs: [] }] }],
  [["x"], { extras: { format: "gemini", members: { x: 1 } } }],
  [["stop reason odd"], { choices: [{ parts: [], stop: "other", stopDetail: "odd" }] }],
  [["signature of a part"], choice({ kind: "text", text: "a", signature: "b" })],
  [["image"], choice({ kind: "made", medium: { kind: "inline", type: "image/png", data: "AA==" } })],
  [["thing"], choice({ kind: "opaque", format: "gemini", what: "thing", value: {} })],
  [
    ["usage of audio"],
    {
      usage: {
        input: 1,
        output: 1,
        cachedInput: 0,
        cacheWrite: 0,
        cacheWriteHour: 0,
        reasoning: 0,
        audioInput: 1,
        audioOutput: 0,
      },
    },
  ],
]

describe("what an answer of Anthropic's cannot carry is told, and nothing else", () => {
  test("whole", () => {
    const told = ANSWERS.map(([, answer]) => {
      const losses = new Losses()
      anthropicInbound.writeAnswer({ ...ANSWER, ...answer }, ASKED, losses)
      return losses.list().map(({ what }) => what)
    })
    expect(told).toEqual(ANSWERS.map(([lost]) => [...lost]))
  })

  test("in a stream", () => {
    const told = ANSWERS.map(([, answer]) => {
      const losses = new Losses()
      const writer = anthropicInbound.writer(ASKED, losses)
      for (const it of unfold({ ...ANSWER, ...answer })) writer.write(it)
      return losses.list().map(({ what }) => what)
    })
    expect(told).toEqual(ANSWERS.map(([lost]) => [...lost]))
  })
})
