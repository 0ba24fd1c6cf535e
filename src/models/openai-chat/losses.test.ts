import { expect, test } from "bun:test"
import type { ChatAnswer } from "../form/answer.ts"
import type { AnswerPart, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import type { Quirks } from "../quirks.ts"
import { chatInbound } from "./inbound.ts"
import { chatOutbound } from "./outbound.ts"

const PLAIN: ChatRequest = {
  model: "m",
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: false,
  streamUsage: false,
}
const TOOL = { kind: "function", name: "f" } as const
const schema = { kind: "schema", name: "s", schema: {}, strict: true } as const
const user = (part: UserPart): Partial<ChatRequest> => ({ turns: [{ role: "user", parts: [part] }] })
const assistant = (part: AnswerPart): Partial<ChatRequest> => ({ turns: [{ role: "assistant", parts: [part] }] })
const file = { kind: "file", id: "f" } as const
const text = { kind: "text", text: "x" } as const

function dropped(request: Partial<ChatRequest>, quirks: Quirks): readonly string[] {
  const losses = new Losses()
  chatOutbound.writeRequest({ ...PLAIN, ...request }, quirks, losses)
  return losses.list().map(({ what }) => what)
}

const REQUESTS: readonly (readonly [Partial<ChatRequest>, Quirks, string])[] = [
  [{ topK: 5 }, {}, "top_k"],
  [{ minP: 0.1 }, {}, "min_p"],
  [{ seed: 5 }, { refuses: ["seed"] }, "seed"],
  [{ choices: 2 }, { refuses: ["n"] }, "n"],
  [{ stop: ["x"] }, { refuses: ["stop"] }, "stop"],
  [{ logprobs: 2 }, { refuses: ["logprobs"] }, "logprobs"],
  [{ logprobs: 2 }, { refuses: ["top_logprobs"] }, "top_logprobs"],
  [{ logitBias: {} }, { refuses: ["logit_bias"] }, "logit_bias"],
  [{ user: "u" }, { refuses: ["user"] }, "user"],
  [{ metadata: {} }, { refuses: ["metadata"] }, "metadata"],
  [{ serviceTier: "auto" }, { refuses: ["service_tier"] }, "service_tier"],
  [{ presencePenalty: 1 }, { refuses: ["presence_penalty"] }, "presence_penalty"],
  [{ frequencyPenalty: 1 }, { refuses: ["frequency_penalty"] }, "frequency_penalty"],
  [{ tools: [TOOL] }, { refuses: ["tools"] }, "tools"],
  [{ tools: [TOOL], toolChoice: { kind: "auto" } }, { refuses: ["tool_choice"] }, "tool_choice"],
  [{ tools: [TOOL], toolChoice: { kind: "required" } }, { toolRequired: "none" }, "tool_choice required"],
  [{ toolChoice: { kind: "required" } }, {}, "tool_choice"],
  [{ tools: [TOOL], parallelTools: false }, { refuses: ["parallel_tool_calls"] }, "parallel_tool_calls"],
  [{ tools: [{ ...TOOL, strict: true }] }, { refuses: ["strict"] }, "strict"],
  [{ tools: [{ ...TOOL, cache: { hour: false } }] }, {}, "cache_control"],
  [{ tools: [{ kind: "provider", format: "anthropic", what: "tool web_search", value: {} }] }, {}, "tool web_search"],
  [{ output: schema }, { structuredOutput: "json-object" }, "response_format.json_schema"],
  [{ output: { kind: "json" } }, { structuredOutput: "none" }, "response_format"],
  [{ reasoning: { budget: 2000 } }, {}, "budget of thoughts"],
  [{ reasoning: { told: true } }, {}, "whether thoughts are told"],
  [{ extras: { format: "anthropic", members: { container: "c" } } }, {}, "container"],
  [{ extras: { format: "openai-chat", members: { "messages[].prefix": true } } }, {}, "messages[].prefix"],
  [{ system: [{ ...text, cache: { hour: true } }] }, {}, "cache_control"],
  [{ turns: [{ role: "user", parts: [text], name: "n" }] }, { refuses: ["name"] }, "name"],
  [user({ kind: "image", medium: file }), {}, "image by file id"],
  [user({ kind: "audio", medium: file }), {}, "audio by address or file id"],
  [user({ kind: "video", medium: file }), {}, "video by file id"],
  [user({ kind: "document", medium: { kind: "address", url: "https://a.b" } }), {}, "document by address"],
  [user({ kind: "document", medium: file, cited: true }), {}, "citations of documents"],
  [user({ kind: "document", medium: file, context: "c" }), {}, "context of documents"],
  [user({ kind: "opaque", format: "gemini", what: "video offsets", value: {} }), {}, "video offsets"],
  [assistant({ kind: "text", text: "x", citations: [{ url: "https://a.b" }] }), {}, "citations of earlier answers"],
  [assistant({ kind: "text", text: "x", signature: "s" }), {}, "thought signatures"],
  [assistant({ kind: "reasoning", text: "x" }), {}, "thoughts of earlier turns"],
  [assistant({ kind: "reasoning", text: "", redacted: "r", format: "anthropic" }), {}, "signatures of thoughts"],
  [assistant({ kind: "tool-call", id: "a", name: "f", arguments: "{}", signature: "s" }), {}, "thought signatures"],
  [assistant({ kind: "tool-call", id: "a", name: "f", arguments: "{}", cache: { hour: true } }), {}, "cache_control"],
  [assistant({ kind: "made", medium: file }), {}, "made media of earlier turns"],
  [assistant({ kind: "opaque", format: "anthropic", what: "server tool use", value: {} }), {}, "server tool use"],
  [{ turns: [{ role: "tool", results: [{ id: "a", parts: [text], isError: true }] }] }, {}, "is_error of tool results"],
]

test.each(REQUESTS)("what a provider does not take is dropped by name: %j %j", (request, quirks, what) => {
  expect(dropped(request, quirks)).toContain(what)
})

const ANSWERS: readonly (readonly [Partial<ChatAnswer>, string])[] = [
  [{ extras: { format: "gemini", members: { groundingMetadata: {} } } }, "groundingMetadata"],
  [
    {
      choices: [{ parts: [{ kind: "opaque", format: "anthropic", what: "server tool use", value: {} }], stop: "end" }],
    },
    "server tool use",
  ],
  [
    { choices: [{ parts: [{ kind: "text", text: "x", citations: [{ document: 0 }] }], stop: "end" }] },
    "citations without an address",
  ],
  [{ choices: [{ parts: [{ kind: "made", medium: file }], stop: "end" }] }, "made media"],
  [{ choices: [{ parts: [], stop: "pause" }] }, "stop reason pause"],
  [{ choices: [{ parts: [], stop: "other", stopDetail: "x" }] }, "stop reason x"],
  [
    {
      usage: {
        input: 9,
        output: 1,
        cachedInput: 0,
        cacheWrite: 5,
        cacheWriteHour: 5,
        reasoning: 0,
        audioInput: 0,
        audioOutput: 0,
      },
    },
    "usage.cacheWriteHour",
  ],
]

test.each(ANSWERS)("what callers cannot be told is dropped by name, whole and streamed: %j", (told, what) => {
  const answer: ChatAnswer = { id: "i", model: "m", created: 0, choices: [], ...told }
  const request = { ...PLAIN, streamUsage: true }
  const whole = new Losses()
  chatInbound.writeAnswer(answer, request, whole)
  expect(whole.list().map((it) => it.what)).toEqual([what])
  const streamed = new Losses()
  const writer = chatInbound.writer(request, streamed)
  for (const it of unfold(answer)) writer.write(it)
  expect(streamed.list()).toEqual(whole.list())
})
