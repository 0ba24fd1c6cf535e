import { describe, expect, test } from "bun:test"
import { FormFault } from "../form/fault.ts"
import type { JsonObject } from "../json.ts"
import { anthropicInbound } from "./inbound.ts"
import { readCountRequest } from "./read-request.ts"

const ASKED: JsonObject = { model: "m", max_tokens: 10, messages: [{ role: "user", content: "hi" }] }
const read = (body: JsonObject) => anthropicInbound.readRequest({ ...ASKED, ...body }, {})

function fault(body: JsonObject): string {
  try {
    read(body)
  } catch (error) {
    if (error instanceof FormFault) return error.message
    throw error
  }
  return "none"
}

const said = (...content: readonly JsonObject[]): JsonObject => ({ messages: [{ role: "user", content }] })

test("what is wrong with a request is told with its place", () => {
  expect(
    [
      { model: null },
      { max_tokens: undefined },
      { max_tokens: 1.5 },
      { messages: undefined },
      { messages: [{ role: "robot", content: "hi" }] },
      { messages: [{ role: "user" }] },
      said({ type: "text" }),
      said({ text: "hi" }),
      said({ type: "image", source: { type: "base64", media_type: "image/png" } }),
      said({ type: "image", source: { type: "ftp" } }),
      said({ type: "tool_result", content: "x" }),
      said({ type: "text", text: "hi", cache_control: { type: "ephemeral", ttl: "2h" } }),
      { messages: [{ role: "assistant", content: [{ type: "tool_use", id: "a", name: "b", input: "c" }] }] },
      { tools: [{ name: "a" }] },
      { tool_choice: { type: "tool" } },
      { thinking: { type: "enabled" } },
      { output_config: { effort: "huge" } },
      { output_config: { format: { type: "json_schema" } } },
      { system: [{ type: "image" }] },
      { stop_sequences: ["a", 1] },
      { stream: "yes" },
    ].map(fault),
  ).toEqual([
    "model must be a text",
    "max_tokens must be a number",
    "max_tokens must be a whole number, 0 or more",
    "messages must be an array",
    'messages[0].role must be one of "user", "assistant", "system"',
    "messages[0].content must be a text or an array of content blocks",
    "messages[0].content[0].text must be a text",
    "messages[0].content[0].type must be a text",
    "messages[0].content[0].source.data must be a text",
    'messages[0].content[0].source.type must be one of "base64", "url", "file"',
    "messages[0].content[0].tool_use_id must be a text",
    'messages[0].content[0].cache_control.ttl must be one of "5m", "1h"',
    "messages[0].content[0].input must be an object",
    "tools[0].input_schema must be an object",
    "tool_choice.name must be a text",
    "thinking.budget_tokens must be a number",
    'output_config.effort must be one of "low", "medium", "high", "xhigh", "max"',
    "output_config.format.schema must be an object",
    'system[0].type must be one of "text"',
    "stop_sequences[1] must be a text",
    "stream must be true or false",
  ])
})

describe("a request is read", () => {
  test("with the results of tools as a turn of their own, named as their calls were", () => {
    const { turns } = read({
      messages: [
        { role: "user", content: "weather?" },
        { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "weather", input: { city: "Paris" } }] },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "t1", content: "sun", is_error: true },
            { type: "text", text: "and tomorrow?" },
          ],
        },
      ],
    })
    expect(turns.slice(1)).toEqual([
      { role: "assistant", parts: [{ kind: "tool-call", id: "t1", name: "weather", arguments: '{"city":"Paris"}' }] },
      {
        role: "tool",
        results: [{ id: "t1", name: "weather", parts: [{ kind: "text", text: "sun" }], isError: true }],
      },
      { role: "user", parts: [{ kind: "text", text: "and tomorrow?" }] },
    ])
  })

  test("with documents of every source", () => {
    const document = (source: JsonObject): JsonObject => ({
      type: "document",
      source,
      title: "T",
      citations: { enabled: true },
    })
    const { turns, extras } = read(
      said(
        document({ type: "base64", media_type: "application/pdf", data: "JVBERg==" }),
        document({ type: "url", url: "https://a.example/b.pdf" }),
        document({ type: "text", media_type: "text/plain", data: "plain" }),
        document({ type: "file", file_id: "file_1" }),
        document({
          type: "content",
          content: [
            { type: "text", text: "one" },
            { type: "text", text: "two" },
          ],
        }),
      ),
    )
    const told = { kind: "document", name: "T", cited: true }
    const [turn] = turns
    expect(turn?.role === "user" ? turn.parts.map((it): object => it) : []).toEqual([
      { ...told, medium: { kind: "inline", type: "application/pdf", data: "JVBERg==" } },
      { ...told, medium: { kind: "address", url: "https://a.example/b.pdf" } },
      { ...told, medium: { kind: "text", text: "plain" } },
      { ...told, medium: { kind: "file", id: "file_1" } },
      { ...told, medium: { kind: "text", text: "one\n\ntwo" } },
    ])
    expect(Object.keys(extras?.members ?? {})).toEqual(["messages[0].content[4].source.content"])
  })

  test("with what has no place in the form by its path, and null as absent", () => {
    const { extras } = read({
      container: "c_1",
      inference_geo: null,
      output_config: { effort: "low", task_budget: { total: 1 } },
      metadata: { user_id: "u", team: "t" },
      tools: [{ name: "a", input_schema: { type: "object" }, input_examples: [{}], cache_control: null }],
      ...said({ type: "image", source: { type: "url", url: "https://a.example" }, transformations: {} }),
    })
    expect(extras).toEqual({
      format: "anthropic",
      members: {
        container: "c_1",
        "messages[0].content[0].transformations": {},
        "tools[0].input_examples": [{}],
        "output_config.task_budget": { total: 1 },
        "metadata.team": "t",
      },
    })
  })

  test("with thinking as how much and whether it is told", () => {
    expect(
      [
        { thinking: { type: "enabled", budget_tokens: 2000 } },
        { thinking: { type: "adaptive", display: "summarized" }, output_config: { effort: "max" } },
        { thinking: { type: "disabled" } },
        { output_config: { effort: "low" } },
        { thinking: { type: "between_tools" } },
      ].map((it) => read(it).reasoning),
    ).toEqual([
      { budget: 2000, told: true },
      { effort: "max", told: true },
      { effort: "none" },
      { effort: "low" },
      undefined,
    ])
  })

  test("without a limit, where its tokens are to be counted", () => {
    const { max_tokens: _, ...counted } = ASKED
    expect(readCountRequest(counted)).toMatchObject({ model: "m", stream: false })
  })
})
