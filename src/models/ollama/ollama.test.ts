import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyRequest, anyText, cutAt } from "../form/any.fixture.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { JsonObject } from "../json.ts"
import { replay, replaySplit } from "../openai-chat/replay.fixture.ts"
import { ollamaOutbound } from "./outbound.ts"

const HEAD = { model: "llama3.2", created_at: "2025-10-26T17:15:24.097767Z" }
const LAST = { done: true, done_reason: "stop", total_duration: 5, prompt_eval_count: 26, eval_count: 9 }
const lines = (...told: readonly JsonObject[]): string =>
  told.map((it) => `${JSON.stringify({ ...HEAD, ...it })}\n`).join("")
const said = (message: JsonObject): JsonObject => ({ message: { role: "assistant", ...message }, done: false })
const CALL = { function: { name: "weather", arguments: { city: "Paris" } } }

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

/** The body, and what was dropped of it. */
function written(request: Partial<ChatRequest>): readonly [JsonObject, readonly string[]] {
  const losses = new Losses()
  const body = ollamaOutbound.writeRequest({ ...PLAIN, ...request }, {}, losses)
  return [body, losses.list().map(({ what }) => what)]
}

describe("Ollama's answers are read", () => {
  test("whole, as the API reference has them with a call", () => {
    const answer = ollamaOutbound.readAnswer({
      ...HEAD,
      ...said({ content: "", thinking: "Hm", tool_calls: [CALL] }),
      ...LAST,
    })
    expect(answer).toMatchObject({ model: "llama3.2", created: 1761498924, usage: { input: 26, output: 9 } })
    expect(answer.choices).toMatchObject([
      {
        stop: "tool-calls",
        parts: [
          { kind: "reasoning", text: "Hm" },
          { kind: "tool-call", name: "weather", arguments: '{"city":"Paris"}' },
        ],
      },
    ])
  })

  test("streamed to the same, in any split", () => {
    const streamed = replaySplit(
      ollamaOutbound,
      lines(
        said({ content: "", thinking: "Hm" }),
        said({ content: "", thinking: "m" }),
        said({ content: "é👩‍👧" }),
        said({ content: "!", tool_calls: [CALL, CALL] }),
        {
          ...said({ content: "" }),
          ...LAST,
        },
      ),
    )
    const whole = ollamaOutbound.readAnswer({
      ...HEAD,
      ...said({ content: "é👩‍👧!", thinking: "Hmm", tool_calls: [CALL, CALL] }),
      ...LAST,
    })
    expect(streamed).toEqual({ kind: "whole", answer: whole })
  })

  test("with any texts, in any split", () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.array(fc.nat(), { maxLength: 9 }), (texts, cuts) => {
        const text = lines(...texts.map((content) => said({ content })), { ...said({ content: "" }), ...LAST })
        const whole = { ...HEAD, ...said({ content: texts.join("") }), ...LAST }
        expect(replay(ollamaOutbound, cutAt(Buffer.from(text), cuts))).toEqual({
          kind: "whole",
          answer: ollamaOutbound.readAnswer(whole),
        })
      }),
    )
  })

  test("as cut where the last line did not come, and as failed where a line says so", () => {
    const hi = lines(said({ content: "Hi" }))
    expect(replaySplit(ollamaOutbound, hi).kind).toBe("cut")
    expect(
      replaySplit(ollamaOutbound, `${hi}{"error":"an error was encountered while running the model"}\n`),
    ).toMatchObject({
      kind: "error",
      error: { status: 502, message: "an error was encountered while running the model" },
    })
    expect(() => replaySplit(ollamaOutbound, "<html>\n")).toThrow("line must be a JSON object")
    expect(() => ollamaOutbound.readAnswer({ error: "no" })).toThrow("message must be an object")
    expect(ollamaOutbound.readError(404, { error: "model 'x' not found" })).toMatchObject({
      message: "model 'x' not found",
    })
  })

  test("by a tap as by the reader", () => {
    const tap = ollamaOutbound.tap()
    tap.read(Buffer.from(lines(said({ content: '"done":true' }), { ...said({ content: "" }), ...LAST }).trimEnd()))
    expect(tap.seen).toMatchObject({ isWhole: true, usage: { input: 26, output: 9 }, error: undefined })
  })
})

describe("requests to Ollama", () => {
  test("hold images beside the text, options apart, calls as objects and results by name", () => {
    const [body, dropped] = written({
      system: [{ kind: "text", text: "Be brief." }],
      turns: [
        {
          role: "user",
          parts: [
            { kind: "text", text: "Weather?" },
            { kind: "image", medium: { kind: "inline", type: "image/png", data: "AA==" } },
          ],
        },
        {
          role: "assistant",
          parts: [
            { kind: "reasoning", text: "Hm" },
            { kind: "tool-call", id: "c", name: "weather", arguments: '{"city":"Paris"}' },
          ],
        },
        {
          role: "tool",
          results: [{ id: "c", name: "weather", parts: [{ kind: "text", text: "Rain" }], isError: false }],
        },
      ],
      tools: [{ kind: "function", name: "weather" }],
      output: { kind: "schema", name: "s", schema: { type: "object" } },
      reasoning: { effort: "none" },
      maxTokens: 5,
      topK: 3,
      stop: ["END"],
    })
    expect(dropped).toEqual([])
    expect(body).toEqual({
      model: "m",
      stream: false,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Weather?", images: ["AA=="] },
        {
          role: "assistant",
          content: "",
          thinking: "Hm",
          tool_calls: [{ id: "c", function: { name: "weather", arguments: { city: "Paris" } } }],
        },
        { role: "tool", content: "Rain", tool_name: "weather", tool_call_id: "c" },
      ],
      tools: [
        {
          type: "function",
          function: { name: "weather", description: "", parameters: { type: "object", properties: {} } },
        },
      ],
      format: { type: "object" },
      think: false,
      options: { num_predict: 5, top_k: 3, stop: ["END"] },
    })
  })

  const file = { kind: "file", id: "f" } as const
  const rows: readonly (readonly [Partial<ChatRequest>, string])[] = [
    [{ toolChoice: { kind: "required" }, tools: [{ kind: "function", name: "f" }] }, "tool_choice"],
    [{ parallelTools: false }, "parallel_tool_calls"],
    [{ choices: 2 }, "n"],
    [{ logitBias: {} }, "logit_bias"],
    [{ modalities: ["audio"] }, "modalities"],
    [{ audio: {} }, "audio"],
    [{ user: "u" }, "user"],
    [{ metadata: {} }, "metadata"],
    [{ serviceTier: "auto" }, "service_tier"],
    [{ reasoning: { effort: "high" } }, "effort of thoughts"],
    [{ reasoning: { budget: 9 } }, "budget of thoughts"],
    [{ reasoning: { told: false } }, "whether thoughts are told"],
    [{ extras: { format: "openai-chat", members: { store: true } } }, "store"],
    [{ tools: [{ kind: "function", name: "f", strict: true }] }, "strict of tools"],
    [{ tools: [{ kind: "provider", format: "gemini", what: "tool search", value: {} }] }, "tool search"],
    [{ output: { kind: "schema", name: "s", schema: {}, description: "d" } }, "description of the schema"],
    [{ system: [{ kind: "text", text: "x", cache: { hour: true } }] }, "cache_control"],
    [{ turns: [{ role: "user", parts: [], name: "n" }] }, "name of messages"],
    [{ turns: [{ role: "user", parts: [{ kind: "image", medium: file }] }] }, "images by address or file id"],
    [{ turns: [{ role: "user", parts: [{ kind: "document", medium: file }] }] }, "documents"],
    [{ turns: [{ role: "user", parts: [{ kind: "audio", medium: file }] }] }, "audio"],
    [{ turns: [{ role: "assistant", parts: [{ kind: "reasoning", text: "", redacted: "r" }] }] }, "redacted thoughts"],
    [{ turns: [{ role: "assistant", parts: [{ kind: "text", text: "x", signature: "s" }] }] }, "thought signatures"],
    [
      { turns: [{ role: "assistant", parts: [{ kind: "tool-call", id: "a", name: "f", arguments: "{" }] }] },
      "arguments that are no JSON object",
    ],
    [{ turns: [{ role: "assistant", parts: [{ kind: "made", medium: file }] }] }, "made media of earlier turns"],
    [{ turns: [{ role: "tool", results: [{ id: "a", parts: [], isError: true }] }] }, "is_error of tool results"],
  ]

  test.each(rows)("say what they leave out: %j", (request, what) => {
    expect(written(request)[1]).toEqual([what])
  })

  test("can be made of any request", () => {
    fc.assert(
      fc.property(anyRequest(), (it) => void ollamaOutbound.writeRequest(it, {}, new Losses())),
      { numRuns: 30 },
    )
  })
})
