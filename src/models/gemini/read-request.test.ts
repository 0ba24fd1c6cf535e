import { describe, expect, test } from "bun:test"
import { FormFault } from "../form/fault.ts"
import type { JsonObject } from "../json.ts"
import { readRequest } from "./read-request.ts"

const USER = { role: "user", parts: [{ text: "x" }] }

const fault = (change: JsonObject): string => {
  try {
    readRequest({ contents: [USER], ...change }, { model: "m" })
  } catch (error) {
    if (error instanceof FormFault) return error.path
    throw error
  }
  return "none"
}

describe("a request to Gemini", () => {
  test("is the same in camelCase and in snake_case, as the API takes both", () => {
    const camel = readRequest(
      {
        systemInstruction: { parts: [{ text: "s" }] },
        contents: [
          {
            parts: [
              { inlineData: { mimeType: "audio/wav", data: "aGk=" } },
              { fileData: { fileUri: "gs://b/v.mp4", mimeType: "video/mp4" } },
            ],
          },
          { role: "model", parts: [{ functionCall: { name: "f", args: { a_b: 1 } }, thoughtSignature: "c2ln" }] },
          { role: "user", parts: [{ functionResponse: { name: "f", response: { error: "none" } } }] },
        ],
        toolConfig: { functionCallingConfig: { mode: "any", allowedFunctionNames: ["f", "g"] } },
        generationConfig: {
          maxOutputTokens: "7",
          topP: 0.5,
          thinkingConfig: { thinkingBudget: 0 },
          responseLogprobs: true,
        },
      },
      { model: "m", stream: true },
    )
    const snake = readRequest(
      {
        system_instruction: { parts: [{ text: "s" }] },
        contents: [
          {
            parts: [
              { inline_data: { mime_type: "audio/wav", data: "aGk=" } },
              { file_data: { file_uri: "gs://b/v.mp4", mime_type: "video/mp4" } },
            ],
          },
          { role: "model", parts: [{ function_call: { name: "f", args: { a_b: 1 } }, thought_signature: "c2ln" }] },
          { role: "user", parts: [{ function_response: { name: "f", response: { error: "none" } } }] },
        ],
        tool_config: { function_calling_config: { mode: "any", allowed_function_names: ["f", "g"] } },
        generation_config: {
          max_output_tokens: "7",
          top_p: 0.5,
          thinking_config: { thinking_budget: 0 },
          response_logprobs: true,
        },
      },
      { model: "m", stream: true },
    )
    expect(snake).toEqual(camel)
    expect(camel).toMatchObject({
      turns: [
        { parts: [{ kind: "audio" }, { kind: "video", medium: { kind: "file", id: "gs://b/v.mp4" } }] },
        { parts: [{ kind: "tool-call", id: "call_0", name: "f", arguments: '{"a_b":1}', signature: "c2ln" }] },
        { role: "tool", results: [{ id: "call_0", name: "f", isError: true, parts: [{ text: "none" }] }] },
      ],
      toolChoice: { kind: "required" },
      maxTokens: 7,
      reasoning: { budget: 0 },
      logprobs: 0,
      stream: true,
      extras: { members: { "toolConfig.functionCallingConfig.allowedFunctionNames": ["f", "g"] } },
    })
  })

  test("gives results to their calls by name and order, and keeps what stands between them apart", () => {
    const call = (name: string): JsonObject => ({ functionCall: { name, args: {} } })
    const result = (name: string, output: string): JsonObject => ({ functionResponse: { name, response: { output } } })
    const { turns } = readRequest(
      {
        contents: [
          { role: "model", parts: [call("f"), call("g"), call("f")] },
          { role: "user", parts: [result("f", "1"), result("f", "2"), { text: "and" }, result("g", "3")] },
        ],
      },
      { model: "m" },
    )
    expect(turns.slice(1)).toMatchObject([
      { role: "tool", results: [{ id: "call_0" }, { id: "call_2" }] },
      { role: "user", parts: [{ text: "and" }] },
      { role: "tool", results: [{ id: "call_1" }] },
    ])
  })

  test("keeps what only Gemini knows under its path", () => {
    const { extras } = readRequest(
      {
        contents: [{ role: "user", parts: [{ fileData: { fileUri: "gs://v" }, videoMetadata: { fps: 1 } }] }],
        safetySettings: [{ category: "c" }],
        labels: { a: "b" },
        toolConfig: { retrievalConfig: { languageCode: "de" } },
        generationConfig: { speechConfig: { languageCode: "de" }, thinkingConfig: { thinkingBudget: -1 } },
      },
      { model: "m" },
    )
    expect(Object.keys(extras?.members ?? {})).toEqual([
      "safetySettings",
      "labels",
      "toolConfig.retrievalConfig",
      "contents[0].parts[0].videoMetadata",
      "generationConfig.speechConfig",
      "generationConfig.thinkingConfig.thinkingBudget",
    ])
  })

  test("names the place of what it should not be", () => {
    const model = { role: "model", parts: [{ functionCall: { args: {} } }] }
    expect([
      fault({ contents: null }),
      fault({ contents: [{ role: "system", parts: [] }] }),
      fault({ contents: [{ parts: [{}] }] }),
      fault({ contents: [{ parts: [{ inline_data: { data: "" } }] }] }),
      fault({ contents: [model] }),
      fault({ contents: [{ role: "user", parts: [{ functionCall: { name: "f" } }] }] }),
      fault({ generation_config: { max_output_tokens: "many" } }),
      fault({ generationConfig: { responseModalities: ["SMELL"] } }),
      fault({ cached_content: "cachedContents/1" }),
    ]).toEqual([
      "contents",
      "contents[0].role",
      "contents[0].parts[0]",
      "contents[0].parts[0].inline_data.mimeType",
      "contents[0].parts[0].functionCall.name",
      "contents[0].parts[0].functionCall",
      "generation_config.max_output_tokens",
      "generationConfig.responseModalities[0]",
      "cached_content",
    ])
    const kept = readRequest({ contents: [USER], cachedContent: "c" }, { model: "m", staysInFormat: true })
    expect(kept.extras?.members).toEqual({ cachedContent: "c" })
  })
})
