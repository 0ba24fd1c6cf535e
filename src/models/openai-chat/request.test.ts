import { describe, expect, test } from "bun:test"
import { FormFault } from "../form/fault.ts"
import { Losses } from "../form/losses.ts"
import type { JsonObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { chatInbound } from "./inbound.ts"
import { chatOutbound } from "./outbound.ts"

const read = (body: JsonObject) => chatInbound.readRequest({ model: "m", messages: [], ...body }, {})
const message = (it: JsonObject) => read({ messages: [it] })

function faultOf(body: JsonObject): string {
  try {
    read(body)
    return "none"
  } catch (error) {
    if (error instanceof FormFault) return error.message
    throw error
  }
}

const FAULTS: readonly (readonly [JsonObject, string])[] = [
  [{ model: 7 }, "model must be a text"],
  [{ messages: null }, "messages must be an array"],
  [{ messages: [{ role: "user" }] }, "messages[0].content must be a text or an array of parts"],
  [
    { messages: [{ role: "king", content: "x" }] },
    'messages[0].role must be one of "system", "developer", "user", "assistant", "tool", "function"',
  ],
  [
    { messages: [{ role: "user", content: [{ type: "txt" }] }] },
    'messages[0].content[0].type must be one of "text", "image_url", "input_audio", "file", "video_url"',
  ],
  [
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: {} }] }] },
    "messages[0].content[0].image_url.url must be a text",
  ],
  [
    { messages: [{ role: "user", content: [{ type: "file", file: {} }] }] },
    "messages[0].content[0].file must be a file with file_data or file_id",
  ],
  [
    { messages: [{ role: "assistant", tool_calls: [{ id: "a", function: {} }] }] },
    "messages[0].tool_calls[0].function.name must be a text",
  ],
  [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id must be a text"],
  [{ tools: [{ type: "function", function: {} }] }, "tools[0].function.name must be a text"],
  [{ tool_choice: "must" }, 'tool_choice must be one of "auto", "none", "required", "any"'],
  [{ response_format: { type: "json_schema" } }, "response_format.json_schema.name must be a text"],
  [{ temperature: "hot" }, "temperature must be a number"],
  [{ stop: [7] }, "stop[0] must be a text"],
  [
    { reasoning_effort: "hard" },
    'reasoning_effort must be one of "none", "minimal", "low", "medium", "high", "xhigh", "max"',
  ],
  [{ stream_options: true }, "stream_options must be an object"],
]

describe("a request is read", () => {
  test("with the example of the API reference that calls tools", () => {
    const parameters = { type: "object", properties: { location: { type: "string" } }, required: ["location"] }
    const request = read({
      messages: [
        { role: "developer", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "Weather?" },
            { type: "image_url", image_url: { url: "data:image/png;base64,AA==", detail: "low" } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c", type: "function", function: { name: "weather", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c", content: "Rain" },
      ],
      tools: [{ type: "function", function: { name: "weather", parameters, strict: true } }],
      tool_choice: { type: "function", function: { name: "weather" } },
      reasoning_effort: "low",
      max_completion_tokens: 9,
      logprobs: true,
      top_logprobs: 2,
      stop: "END",
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(request).toEqual({
      model: "m",
      system: [{ kind: "text", text: "Be brief." }],
      turns: [
        {
          role: "user",
          parts: [
            { kind: "text", text: "Weather?" },
            { kind: "image", medium: { kind: "inline", type: "image/png", data: "AA==" }, detail: "low" },
          ],
        },
        { role: "assistant", parts: [{ kind: "tool-call", id: "c", name: "weather", arguments: "{}" }] },
        {
          role: "tool",
          results: [{ id: "c", name: "weather", parts: [{ kind: "text", text: "Rain" }], isError: false }],
        },
      ],
      tools: [{ kind: "function", name: "weather", parameters, strict: true }],
      toolChoice: { kind: "named", name: "weather" },
      output: { kind: "text" },
      reasoning: { effort: "low" },
      maxTokens: 9,
      logprobs: 2,
      stop: ["END"],
      stream: true,
      streamUsage: true,
    })
  })

  test("with what it holds beside the form kept by name, that of messages under a path", () => {
    const { extras } = read({
      messages: [
        { role: "user", content: "x", cache: 1 },
        { role: "system", content: "y", name: "n" },
      ],
      store: true,
      verbosity: "low",
      n: null,
      tool_choice: { type: "allowed_tools", allowed_tools: {} },
    })
    expect(extras).toEqual({
      format: "openai-chat",
      members: {
        store: true,
        verbosity: "low",
        "messages[].cache": 1,
        "messages[].name": "n",
        tool_choice: { type: "allowed_tools", allowed_tools: {} },
      },
    })
  })

  test("as it was asked before there were tools, and answered so", () => {
    const request = read({
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: null, function_call: { name: "f", arguments: "{}" } },
        { role: "function", name: "f", content: "1" },
      ],
      functions: [{ name: "f", parameters: {} }],
      function_call: { name: "f" },
    })
    const [, called, answered] = request.turns
    const call = called?.role === "assistant" ? called.parts[0] : undefined
    const result = answered?.role === "tool" ? answered.results[0] : undefined
    expect(call).toMatchObject({ kind: "tool-call", name: "f", id: result?.id ?? "none" })
    expect(result?.name).toBe("f")
    expect(request).toMatchObject({ tools: [{ name: "f" }], toolChoice: { kind: "named", name: "f" } })
    const answer = {
      id: "i",
      model: "m",
      created: 0,
      choices: [{ parts: [{ kind: "tool-call", id: "c", name: "f", arguments: "{}" }], stop: "tool-calls" }],
    } as const
    expect(chatInbound.writeAnswer(answer, request, new Losses()).choices).toMatchObject([
      { message: { function_call: { name: "f", arguments: "{}" } }, finish_reason: "function_call" },
    ])
  })

  test("with its model from the address where it stands there", () => {
    expect(chatInbound.readRequest({ messages: [] }, { model: "deployment" }).model).toBe("deployment")
  })

  test("or refused with the place of what is wrong", () => {
    expect(FAULTS.map(([body]) => faultOf(body))).toEqual(FAULTS.map(([, fault]) => fault))
  })

  test("with thoughts of earlier answers under any of the names they come by", () => {
    for (const name of ["reasoning_content", "reasoning"])
      expect(message({ role: "assistant", content: "x", [name]: "Hm" }).turns).toMatchObject([
        {
          parts: [
            { kind: "reasoning", text: "Hm" },
            { kind: "text", text: "x" },
          ],
        },
      ])
    const details = [
      { type: "reasoning.text", index: 0, format: "anthropic-claude-v1", text: "H" },
      { type: "reasoning.text", index: 0, format: "anthropic-claude-v1", text: "m" },
      { type: "reasoning.text", index: 0, format: "anthropic-claude-v1", signature: "s" },
    ]
    expect(
      message({ role: "assistant", content: "x", reasoning: "Hm", reasoning_details: details }).turns,
    ).toMatchObject([
      {
        parts: [
          { kind: "reasoning", text: "Hm", signature: "s", format: "anthropic" },
          { kind: "text", text: "x" },
        ],
      },
    ])
  })
})

describe("a request is written as the provider's quirks have it", () => {
  const body = (told: JsonObject, quirks: Quirks) => chatOutbound.writeRequest(read(told), quirks, new Losses())

  test("names, roles, limits and choices", () => {
    expect(body({ max_tokens: 5 }, { maxTokens: "max_completion_tokens" })).toMatchObject({ max_completion_tokens: 5 })
    expect(body({ seed: 5 }, { seed: "random_seed" })).toEqual({ model: "m", messages: [], random_seed: 5 })
    const system = { messages: [{ role: "system", content: "x" }] }
    expect(body(system, { developerRole: true }).messages).toEqual([{ role: "developer", content: "x" }])
    expect(body(system, {}).messages).toEqual([{ role: "system", content: "x" }])
    const tools = { tools: [{ type: "function", function: { name: "f" } }], tool_choice: "required" }
    expect(body(tools, { toolRequired: "any" })).toMatchObject({ tool_choice: "any" })
    expect(body(tools, { toolRequired: "none" }).tool_choice).toBeUndefined()
  })

  test("usage in a stream is asked for where it has to be, whatever the caller asked", () => {
    expect(body({ stream: true }, {})).toMatchObject({ stream: true, stream_options: { include_usage: true } })
    expect(body({ stream: true }, { streamUsage: "always" }).stream_options).toBeUndefined()
  })

  test("ids of calls that are too long for Mistral are mapped, in call and result alike", () => {
    const messages = [
      {
        role: "assistant",
        tool_calls: [{ id: "toolu_01abc", type: "function", function: { name: "f", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "toolu_01abc", content: "1" },
    ]
    const written = JSON.stringify(body({ messages }, { toolCallIds: "nine-alphanumerics" }).messages)
    const [call, result] = [
      /"id":"([a-z0-9]{9})"/.exec(written)?.[1],
      /"tool_call_id":"([a-z0-9]{9})"/.exec(written)?.[1],
    ]
    expect(call).toBeDefined()
    expect(result).toBe(call ?? "")
  })

  test("neighbours of one role are joined, and lists of texts where only strings are taken", () => {
    const messages = [
      { role: "user", content: "a" },
      {
        role: "user",
        content: [
          { type: "text", text: "b" },
          { type: "text", text: "c" },
        ],
      },
    ]
    expect(body({ messages }, { roles: "alternating", content: "string" }).messages).toEqual([
      { role: "user", content: "a\n\nb\n\nc" },
    ])
  })

  test("thoughts go back only where they are asked for", () => {
    const messages = [
      {
        role: "assistant",
        content: "x",
        reasoning_content: "Hm",
        tool_calls: [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }],
      },
    ]
    expect(body({ messages }, { reasoning: "reasoning_content", reasoningEchoed: true }).messages).toMatchObject([
      { reasoning_content: "Hm" },
    ])
    expect(JSON.stringify(body({ messages }, {}))).not.toContain("Hm")
  })

  test("what a tool gave beside text is said by the user, as messages of tools hold only text", () => {
    const image = { type: "image_url", image_url: { url: "data:image/png;base64,AA==" } }
    const messages = [{ role: "tool", tool_call_id: "a", content: [{ type: "text", text: "Seen:" }, image] }]
    expect(body({ messages }, {}).messages).toEqual([
      { role: "tool", tool_call_id: "a", content: "Seen:" },
      { role: "user", content: [{ type: "text", text: "Result of the tool call a:" }, image] },
    ])
  })
})
