import { describe, expect, test } from "bun:test"
import { FormFault } from "../form/fault.ts"
import type { JsonObject } from "../json.ts"
import { readRequest } from "./read-request.ts"

const fault = (body: JsonObject): string => {
  try {
    readRequest(body, {})
  } catch (error) {
    if (error instanceof FormFault) return `${error.path}: ${error.expected}`
    throw error
  }
  return "none"
}

describe("a request for a response", () => {
  test("is read with all that the reference's examples have", () => {
    // https://platform.openai.com/docs/api-reference/responses/create
    const body = {
      model: "gpt-5.1",
      instructions: "Be short.",
      input: [
        { role: "developer", content: "Speak English." },
        {
          role: "user",
          content: [
            { type: "input_text", text: "what is in this image?", prompt_cache_breakpoint: { mode: "explicit" } },
            { type: "input_image", image_url: "https://a.example/i.jpg", detail: "auto" },
            { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERg==" },
          ],
        },
        { type: "reasoning", id: "rs_1", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "gAAA" },
        { type: "function_call", id: "fc_1", call_id: "call_1", name: "look", arguments: "{}", status: "completed" },
        { type: "function_call_output", call_id: "call_1", output: "a cat" },
        { type: "web_search_call", id: "ws_1", status: "completed" },
      ],
      tools: [
        { type: "function", name: "look", parameters: { type: "object", properties: {} }, strict: true },
        { type: "web_search" },
      ],
      tool_choice: { type: "function", name: "look" },
      text: {
        format: { type: "json_schema", name: "out", schema: { type: "object" }, strict: true },
        verbosity: "low",
      },
      reasoning: { effort: "high", summary: "detailed" },
      include: ["message.output_text.logprobs", "file_search_call.results"],
      top_logprobs: 3,
      max_output_tokens: 100,
      truncation: "auto",
      store: false,
      temperature: null,
      user: "u",
      safety_identifier: "s",
      stream: true,
    }
    expect(readRequest(body, {})).toEqual({
      model: "gpt-5.1",
      system: [
        { kind: "text", text: "Be short." },
        { kind: "text", text: "Speak English." },
      ],
      turns: [
        {
          role: "user",
          parts: [
            { kind: "text", text: "what is in this image?", cache: { hour: false } },
            { kind: "image", medium: { kind: "address", url: "https://a.example/i.jpg" }, detail: "auto" },
            {
              kind: "document",
              medium: { kind: "inline", type: "application/pdf", data: "JVBERg==" },
              name: "a.pdf",
            },
          ],
        },
        {
          role: "assistant",
          parts: [
            { kind: "reasoning", text: "Hm.", id: "rs_1", signature: "gAAA", format: "openai-responses" },
            { kind: "tool-call", id: "call_1", name: "look", arguments: "{}" },
          ],
        },
        {
          role: "tool",
          results: [{ id: "call_1", name: "look", parts: [{ kind: "text", text: "a cat" }], isError: false }],
        },
        {
          role: "assistant",
          parts: [
            {
              kind: "opaque",
              format: "openai-responses",
              what: "web_search_call",
              value: { type: "web_search_call", id: "ws_1", status: "completed" },
            },
          ],
        },
      ],
      tools: [
        { kind: "function", name: "look", parameters: { type: "object", properties: {} }, strict: true },
        { kind: "provider", format: "openai-responses", what: "web_search", value: { type: "web_search" } },
      ],
      toolChoice: { kind: "named", name: "look" },
      output: { kind: "schema", name: "out", schema: { type: "object" }, strict: true },
      reasoning: { effort: "high", told: true },
      logprobs: 3,
      maxTokens: 100,
      stop: [],
      stream: true,
      streamUsage: true,
      user: "u",
      extras: {
        format: "openai-responses",
        members: {
          truncation: "auto",
          store: false,
          "reasoning.summary": "detailed",
          include: ["file_search_call.results"],
          safety_identifier: "s",
          "text.verbosity": "low",
        },
      },
    })
  })

  test("names the place of what it should not be", () => {
    const base = { model: "m", input: "x" }
    const told = (change: JsonObject): string => fault({ ...base, ...change }).split(":")[0] ?? ""
    expect([
      told({ model: 7 }),
      told({ input: null }),
      told({ input: [{ role: "user", content: [{ type: "input_text" }] }] }),
      told({ input: [{ role: "nobody", content: "x" }] }),
      told({ input: [{ type: "function_call", name: "f", arguments: "{}" }] }),
      told({ input: [{ role: "system", content: [{ type: "input_image", image_url: "x" }] }] }),
      told({ input: [{ content: "x" }] }),
      told({ tools: [{ type: "function" }] }),
      told({ tool_choice: "sometimes" }),
      told({ text: { format: { type: "xml" } } }),
      told({ reasoning: { effort: "huge" } }),
      told({ temperature: "hot" }),
      told({ include: ["a", 1] }),
    ]).toEqual([
      "model",
      "input",
      "input[0].content[0].text",
      "input[0].role",
      "input[0].call_id",
      "input[0].content[0].type",
      "input[0].type",
      "tools[0].name",
      "tool_choice",
      "text.format.type",
      "reasoning.effort",
      "temperature",
      "include[1]",
    ])
  })

  test("that goes on from what a provider holds is refused, unless it stays with that provider", () => {
    for (const name of ["previous_response_id", "conversation", "prompt"]) {
      expect(fault({ model: "m", input: "x", [name]: "resp_1" })).toStartWith(`${name}: absent`)
      const stays = readRequest({ model: "m", input: "x", [name]: "resp_1" }, { staysInFormat: true })
      expect(stays.extras?.members).toEqual({ [name]: "resp_1" })
    }
    expect(fault({ model: "m", input: [{ type: "item_reference", id: "msg_1" }] })).toStartWith(
      "input[0].type: an item",
    )
  })
})
