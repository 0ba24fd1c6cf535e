import { expect, test } from "bun:test"
import type { AnswerPart, Turn, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { bedrockOutbound } from "./outbound.ts"

const CLAUDE = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
const ASKED: ChatRequest = {
  model: CLAUDE,
  system: [],
  turns: [{ role: "user", parts: [{ kind: "text", text: "hi" }] }],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: false,
  streamUsage: false,
}
const HI = { role: "user", content: [{ text: "hi" }] }
const written = (request: Partial<ChatRequest>) =>
  bedrockOutbound.writeRequest({ ...ASKED, ...request }, {}, new Losses())
const said = (...parts: readonly UserPart[]): Partial<ChatRequest> => ({
  turns: [...ASKED.turns, { role: "user", parts }],
})
const answered = (...parts: readonly AnswerPart[]): Partial<ChatRequest> => ({
  turns: [...ASKED.turns, { role: "assistant", parts }],
})
const TOOLS = [{ kind: "function", name: "get", parameters: { type: "object" } }] as const
const GET = { toolSpec: { name: "get", inputSchema: { json: { type: "object" } } } }

test("a request has what Converse has a place for there, and Claude's own options beside", () => {
  expect(
    written({
      system: [{ kind: "text", text: "s", cache: { hour: true } }],
      tools: [{ ...TOOLS[0], description: "d", strict: true, cache: { hour: false } }],
      toolChoice: { kind: "named", name: "get" },
      output: { kind: "schema", name: "n", schema: { type: "object" }, description: "of n" },
      maxTokens: 50,
      temperature: 0.5,
      topK: 3,
      stop: ["END"],
      metadata: { team: "t" },
      serviceTier: "flex",
      extras: { format: "bedrock", members: { performanceConfig: { latency: "optimized" } } },
    }),
  ).toEqual({
    system: [{ text: "s" }, { cachePoint: { type: "default", ttl: "1h" } }],
    messages: [HI],
    inferenceConfig: { maxTokens: 50, temperature: 0.5, stopSequences: ["END"] },
    additionalModelRequestFields: { top_k: 3 },
    additionalModelResponseFieldPaths: ["/stop_sequence", "/delta/stop_sequence"],
    toolConfig: {
      tools: [
        { toolSpec: { name: "get", description: "d", strict: true, inputSchema: { json: { type: "object" } } } },
        { cachePoint: { type: "default" } },
      ],
      toolChoice: { tool: { name: "get" } },
    },
    outputConfig: {
      textFormat: {
        type: "json_schema",
        structure: { jsonSchema: { schema: '{"type":"object"}', name: "n", description: "of n" } },
      },
    },
    requestMetadata: { team: "t" },
    serviceTier: { type: "flex" },
    performanceConfig: { latency: "optimized" },
  })
})

test("how much to think is said as the family of models takes it", () => {
  const asked = (model: string, reasoning: NonNullable<ChatRequest["reasoning"]>) => {
    const { inferenceConfig, additionalModelRequestFields } = written({ model, reasoning })
    return [inferenceConfig, additionalModelRequestFields]
  }
  expect([
    asked(CLAUDE, { budget: 2000 }),
    asked("anthropic.claude-opus-4-8", { effort: "high" }),
    asked("amazon.nova-2-lite-v1:0", { effort: "max" }),
    asked("amazon.nova-2-lite-v1:0", { effort: "none" }),
    asked("openai.gpt-oss-120b-1:0", { budget: 2000 }),
  ]).toEqual([
    [{ maxTokens: 34_000 }, { thinking: { type: "enabled", budget_tokens: 2000 } }],
    [undefined, { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
    [undefined, { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } }],
    [undefined, { reasoningConfig: { type: "disabled" } }],
    [undefined, { reasoning_effort: "low" }],
  ])
})

test("turns alternate, with the results of parallel calls first in one message, and ids that fit", () => {
  const long = "x".repeat(65)
  const call = (id: string) => ({ kind: "tool-call", id, name: "get", arguments: '{"a":1}' }) as const
  const turns: readonly Turn[] = [
    ...ASKED.turns,
    { role: "assistant", parts: [call("one"), { ...call(long), cache: { hour: false } }] },
    { role: "tool", results: [{ id: "one", parts: [{ kind: "text", text: "1" }], isError: true }] },
    { role: "tool", results: [{ id: long, parts: [], isError: false, cache: { hour: false } }] },
    { role: "user", parts: [{ kind: "text", text: "go on" }] },
  ]
  const use = (toolUseId: string) => ({ toolUse: { toolUseId, name: "get", input: { a: 1 } } })
  const point = { cachePoint: { type: "default" } }
  expect(written({ turns })).toEqual({
    messages: [
      HI,
      { role: "assistant", content: [use("one"), use("call_1"), point] },
      {
        role: "user",
        content: [
          { toolResult: { toolUseId: "one", content: [{ text: "1" }], status: "error" } },
          { toolResult: { toolUseId: "call_1", content: [] } },
          point,
          { text: "go on" },
        ],
      },
    ],
    // Bedrock refuses calls in a conversation without tools.
    toolConfig: { tools: [{ toolSpec: { name: "get", inputSchema: { json: { type: "object", properties: {} } } } }] },
  })
})

test("documents have names that Bedrock accepts, each another one, and a text beside", () => {
  const document = (name?: string): UserPart => ({
    kind: "document",
    medium: { kind: "inline", type: "application/pdf", data: "AA==" },
    ...(name === undefined ? {} : { name }),
  })
  const { messages } = written({
    turns: [
      {
        role: "user",
        parts: [
          document("Q3  report_(final).pdf"),
          document("Q3 report (final) pdf"),
          document(),
          { kind: "document", medium: { kind: "text", text: "é" }, cited: true, context: "c" },
        ],
      },
    ],
  })
  const pdf = (name: string) => ({ document: { name, format: "pdf", source: { bytes: "AA==" } } })
  expect(messages).toEqual([
    {
      role: "user",
      content: [
        pdf("Q3 report (final) pdf"),
        pdf("Q3 report (final) pdf 2"),
        pdf("document"),
        {
          document: {
            name: "document 2",
            format: "txt",
            source: { bytes: "w6k=" },
            context: "c",
            citations: { enabled: true },
          },
        },
        { text: "(See the document.)" },
      ],
    },
  ])
})

test("media, and what was said before, stand where the SDK's types have them", () => {
  const { messages } = written({
    turns: [
      {
        role: "user",
        parts: [
          { kind: "image", medium: { kind: "inline", type: "image/jpeg", data: "AA==" } },
          { kind: "image", medium: { kind: "address", url: "s3://b/c.webp" } },
          { kind: "video", medium: { kind: "inline", type: "video/3gpp", data: "AA==" } },
          { kind: "audio", medium: { kind: "inline", type: "audio/mpeg", data: "AA==" } },
        ],
      },
      {
        role: "assistant",
        parts: [
          { kind: "reasoning", text: "hm", signature: "c2ln", format: "bedrock" },
          { kind: "reasoning", text: "", redacted: "AA==", format: "bedrock" },
          { kind: "text", text: "t", citations: [{ raw: { format: "bedrock", value: { title: "T" } } }] },
        ],
      },
    ],
  })
  expect(messages).toEqual([
    {
      role: "user",
      content: [
        { image: { format: "jpeg", source: { bytes: "AA==" } } },
        { image: { format: "webp", source: { s3Location: { uri: "s3://b/c.webp" } } } },
        { video: { format: "three_gp", source: { bytes: "AA==" } } },
        { audio: { format: "mp3", source: { bytes: "AA==" } } },
      ],
    },
    {
      role: "assistant",
      content: [
        { reasoningContent: { reasoningText: { text: "hm", signature: "c2ln" } } },
        { reasoningContent: { redactedContent: "AA==" } },
        { citationsContent: { content: [{ text: "t" }], citations: [{ title: "T" }] } },
      ],
    },
  ])
})

test("no tool is to be called: none is told, or all where the conversation needs them", () => {
  const none: Partial<ChatRequest> = { tools: TOOLS, toolChoice: { kind: "none" } }
  expect(written(none).toolConfig).toBeUndefined()
  const called = answered({ kind: "tool-call", id: "a", name: "get", arguments: "" })
  expect(written({ ...none, ...called }).toolConfig).toEqual({ tools: [GET] })
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
  [["user"], { user: "u" }],
  [["metadata.a"], { metadata: { a: 1 } }],
  [["n"], { choices: 2 }],
  [["modality image"], { modalities: ["image"] }],
  [["response_format"], { output: { kind: "json" } }],
  [["response_format.strict"], { output: { kind: "schema", name: "a", schema: {}, strict: false } }],
  [["service_tier"], { serviceTier: "auto" }],
  [["parallel_tool_calls"], { tools: TOOLS, parallelTools: false }],
  [["tool_choice"], { toolChoice: { kind: "auto" } }],
  [["tool_choice"], { tools: TOOLS, toolChoice: { kind: "required" }, reasoning: { effort: "low" } }],
  [["tool web"], { tools: [...TOOLS, { kind: "provider", format: "gemini", what: "web", value: {} }] }],
  [["top_k"], { model: "meta.llama3", topK: 1 }],
  [["reasoning"], { model: "meta.llama3", reasoning: { effort: "low" } }],
  [["cache mark"], { model: "meta.llama3", system: [{ kind: "text", text: "a", cache: { hour: false } }] }],
  [
    ["cache mark of an hour"],
    { model: "amazon.nova-pro", system: [{ kind: "text", text: "a", cache: { hour: true } }] },
  ],
  [["x"], { extras: { format: "anthropic", members: { x: 1 } } }],
  [["name of a turn"], { turns: [{ role: "user", parts: [{ kind: "text", text: "hi" }], name: "Eve" }] }],
  [["the first turn"], { turns: [] }],
  [
    ["the role of later instructions"],
    { turns: [...ASKED.turns, { role: "system", parts: [{ kind: "text", text: "be brief" }] }] },
  ],
  [["a blank text"], said({ kind: "text", text: " " })],
  [["image by address"], said({ kind: "image", medium: { kind: "address", url: "https://a.example/b.png" } })],
  [["image by id"], said({ kind: "image", medium: { kind: "file", id: "a" } })],
  [["image of image/tiff"], said({ kind: "image", medium: { kind: "inline", type: "image/tiff", data: "" } })],
  [["image detail"], said({ kind: "image", medium: { kind: "inline", type: "image/png", data: "" }, detail: "low" })],
  [["thing"], said({ kind: "opaque", format: "gemini", what: "thing", value: {} })],
  [["signature of a part"], answered({ kind: "text", text: "a", signature: "b" })],
  [["citations"], answered({ kind: "text", text: "a", citations: [{ url: "https://a.example" }] })],
  [["reasoning of earlier turns"], answered({ kind: "reasoning", text: "a", signature: "b", format: "anthropic" })],
  [["reasoning of earlier turns"], answered({ kind: "reasoning", text: "a", format: "bedrock" })],
  [["arguments of a tool call"], answered({ kind: "tool-call", id: "a", name: "b", arguments: "[" })],
  [["image of an earlier answer"], answered({ kind: "made", medium: { kind: "inline", type: "image/png", data: "" } })],
  [
    ["audio of a tool result"],
    {
      turns: [
        ...ASKED.turns,
        {
          role: "tool",
          results: [{ id: "a", isError: false, parts: [{ kind: "audio", medium: { kind: "file", id: "a" } }] }],
        },
      ],
    },
  ],
]

test("what a request to Bedrock cannot carry is told, and nothing else", () => {
  const told = REQUESTS.map(([, request]) => {
    const losses = new Losses()
    bedrockOutbound.writeRequest({ ...ASKED, ...request }, {}, losses)
    return losses.list().map(({ what }) => what)
  })
  expect(told).toEqual(REQUESTS.map(([lost]) => [...lost]))
})
