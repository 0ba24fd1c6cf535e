import { expect, test } from "bun:test"
import type { Turn } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { anthropicOutbound } from "./outbound.ts"
import { writeCountRequest } from "./write-request.ts"

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
const written = (request: Partial<ChatRequest>, quirks = {}) =>
  anthropicOutbound.writeRequest({ ...ASKED, ...request }, quirks, new Losses())
const text = (role: "user" | "system", said: string): Turn => ({ role, parts: [{ kind: "text", text: said }] })
const call = (id: string) => ({ kind: "tool-call", id, name: "get", arguments: "" }) as const
const result = (id: string) => ({ id, name: "get", parts: [{ kind: "text", text: id }], isError: false }) as const

test("turns alternate, with the results of parallel calls first in one message of the user", () => {
  const turns: readonly Turn[] = [
    text("user", "a"),
    text("user", "b"),
    { role: "assistant", parts: [{ kind: "text", text: "c" }] },
    { role: "assistant", parts: [call("one"), call("two")] },
    text("user", "wait"),
    { role: "tool", results: [result("one")] },
    { role: "tool", results: [result("two")] },
    text("user", "go on"),
  ]
  const use = (id: string) => ({ type: "tool_use", id, name: "get", input: {} })
  expect(written({ turns }).messages).toEqual([
    {
      role: "user",
      content: [
        { type: "text", text: "a" },
        { type: "text", text: "b" },
      ],
    },
    { role: "assistant", content: [{ type: "text", text: "c" }, use("one"), use("two")] },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "one", content: "one" },
        { type: "tool_result", tool_use_id: "two", content: "two" },
        { type: "text", text: "wait" },
        { type: "text", text: "go on" },
      ],
    },
  ])
})

test("ids of calls that Anthropic refuses become others, each one the same in call and result, and none that is taken", () => {
  const turns: readonly Turn[] = [
    text("user", "a"),
    { role: "assistant", parts: [call("x|1"), call("call_1"), call("x|2")] },
    { role: "tool", results: [result("x|2"), result("call_1"), result("x|1")] },
  ]
  expect(written({ turns }).messages).toMatchObject([
    {},
    { content: [{ id: "call_1_" }, { id: "call_1" }, { id: "call_2" }] },
    { content: [{ tool_use_id: "call_2" }, { tool_use_id: "call_1" }, { tool_use_id: "call_1_" }] },
  ])
})

test("later instructions are the system's where the model takes them, and the user's elsewhere", () => {
  const turns = [text("user", "a"), text("system", "be brief")]
  expect(written({ turns, model: "claude-opus-5" }).messages).toEqual([
    { role: "user", content: "a" },
    { role: "system", content: "be brief" },
  ])
  expect(written({ turns }).messages).toMatchObject([
    { role: "user", content: [{ text: "a" }, { text: "<system>\nbe brief\n</system>" }] },
  ])
})

test("how much to think is said as the model takes it, with room for it in the limit", () => {
  const asked = (model: string, reasoning: NonNullable<ChatRequest["reasoning"]>, maxTokens?: number) => {
    const { thinking, output_config, max_tokens } = written({
      model,
      reasoning,
      ...(maxTokens === undefined ? {} : { maxTokens }),
    })
    return [thinking, output_config, max_tokens]
  }
  expect([
    asked("claude-sonnet-4-5", { effort: "medium" }),
    asked("claude-sonnet-4-5", { budget: 9000 }, 5000),
    asked("claude-opus-4-6", { effort: "high" }),
    asked("claude-opus-4-6", { budget: 2000 }),
    asked("claude-opus-4-8", { budget: 2000, told: true }),
    asked("claude-opus-4-8", { effort: "none" }),
    asked("claude-fable-5", { effort: "none" }),
    asked("deepseek-chat", { effort: "low" }, 9000),
  ]).toEqual([
    [{ type: "enabled", budget_tokens: 8192 }, undefined, 40_192],
    [{ type: "enabled", budget_tokens: 4000 }, undefined, 5000],
    [{ type: "adaptive" }, { effort: "high" }, 32_000],
    [{ type: "enabled", budget_tokens: 2000 }, undefined, 34_000],
    [{ type: "adaptive", display: "summarized" }, { effort: "low" }, 32_000],
    [{ type: "disabled" }, undefined, 32_000],
    [undefined, { effort: "low" }, 32_000],
    [{ type: "enabled", budget_tokens: 2048 }, undefined, 9000],
  ])
})

test("a schema, tools, a prefix of its own and cache marks stand where the SDK's types have them", () => {
  const schema = { type: "object", properties: {}, additionalProperties: false }
  expect(
    written({
      system: [{ kind: "text", text: "s", cache: { hour: true } }],
      tools: [{ kind: "function", name: "get", description: "d", strict: true, cache: { hour: false } }],
      toolChoice: { kind: "required" },
      parallelTools: false,
      output: { kind: "schema", name: "n", schema },
      maxTokens: 5,
      stream: true,
      user: "u",
      serviceTier: "default",
      extras: { format: "anthropic", members: { container: "c", "output_config.task_budget": 1 } },
    }),
  ).toEqual({
    model: "claude-sonnet-4-5",
    max_tokens: 5,
    system: [{ type: "text", text: "s", cache_control: { type: "ephemeral", ttl: "1h" } }],
    messages: [{ role: "user", content: "hi" }],
    tools: [
      {
        name: "get",
        description: "d",
        input_schema: { type: "object", properties: {} },
        strict: true,
        cache_control: { type: "ephemeral" },
      },
    ],
    tool_choice: { type: "any", disable_parallel_tool_use: true },
    output_config: { format: { type: "json_schema", schema }, task_budget: 1 },
    metadata: { user_id: "u" },
    service_tier: "standard_only",
    stream: true,
    container: "c",
  })
})

test("on Vertex AI the version stands in the body and the model does not", () => {
  const body = written({}, { anthropicVersion: "vertex-2023-10-16" })
  expect(body.anthropic_version).toBe("vertex-2023-10-16")
  expect("model" in body).toBe(false)
})

test("a request to count tokens has nothing of how to answer", () => {
  const request: ChatRequest = { ...ASKED, maxTokens: 5, temperature: 0, stream: true, stop: ["a"] }
  expect(writeCountRequest(request, {}, new Losses())).toEqual({
    model: "claude-sonnet-4-5",
    messages: [{ role: "user", content: "hi" }],
  })
})

test("names of models tell what they take", () => {
  const tells = (model: string) => {
    const { thinking, temperature } = written({ model, reasoning: { effort: "low" }, temperature: 1 })
    return `${thinking === undefined ? "no thoughts" : JSON.stringify(thinking)}, ${temperature}`
  }
  expect(
    [
      "claude-3-5-sonnet-latest",
      "claude-3-7-sonnet-20250219",
      "claude-sonnet-4-20250514",
      "claude-opus-4@20250514",
      "anthropic.claude-opus-4-6-v1",
      "anthropic/claude-4.7-opus",
      "claude-mythos-preview",
    ].map(tells),
  ).toEqual([
    "no thoughts, 1",
    '{"type":"enabled","budget_tokens":2048}, 1',
    '{"type":"enabled","budget_tokens":2048}, 1',
    '{"type":"enabled","budget_tokens":2048}, 1',
    '{"type":"adaptive"}, 1',
    '{"type":"adaptive"}, undefined',
    '{"type":"adaptive"}, undefined',
  ])
})
