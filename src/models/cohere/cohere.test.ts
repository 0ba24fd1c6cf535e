import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { anyRequest, anyText, cutAt } from "../form/any.fixture.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import type { Json, JsonObject } from "../json.ts"
import { replay, replaySplit } from "../openai-chat/replay.fixture.ts"
import { cohereOutbound } from "./outbound.ts"

const event = (type: string, more: JsonObject = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
const message = (it: JsonObject): JsonObject => ({ delta: { message: it } })
const START = event("message-start", { id: "i1", ...message({ role: "assistant" }) })
const USAGE = {
  billed_units: { input_tokens: 5, output_tokens: 3 },
  tokens: { input_tokens: 205, output_tokens: 4 },
  cached_tokens: 2,
}
const end = (reason: string): string => event("message-end", { delta: { finish_reason: reason, usage: USAGE } })
const delta = (content: JsonObject, index = 0): string => event("content-delta", { index, ...message({ content }) })
const block = (index: number, type: "text" | "thinking", pieces: readonly string[]): string =>
  event("content-start", { index, ...message({ content: { type, [type]: "" } }) }) +
  pieces.map((it) => delta({ [type]: it }, index)).join("") +
  event("content-end", { index })
const whole = (answer: JsonObject, reason = "COMPLETE"): JsonObject => ({
  id: "i1",
  finish_reason: reason,
  message: { role: "assistant", ...answer },
  usage: USAGE,
})
const CITATION = {
  start: 0,
  end: 2,
  text: "Hi",
  sources: [{ type: "document", id: "document-1", document: { id: "document-1", title: "T", url: "https://a.b" } }],
}

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

function written(request: Partial<ChatRequest>): readonly [JsonObject, readonly string[]] {
  const losses = new Losses()
  const body = cohereOutbound.writeRequest({ ...PLAIN, ...request }, {}, losses)
  return [body, losses.list().map(({ what }) => what)]
}

describe("Cohere's answers are read", () => {
  test("with thoughts, text and citations, streamed to the same as whole", () => {
    const cite =
      event("citation-start", { index: 0, ...message({ citations: CITATION }) }) + event("citation-end", { index: 0 })
    const streamed = replaySplit(
      cohereOutbound,
      START + block(0, "thinking", ["H", "m"]) + block(1, "text", ["Hi", " é"]) + cite + end("COMPLETE"),
    )
    const content: Json = [
      { type: "thinking", thinking: "Hm" },
      { type: "text", text: "Hi é" },
    ]
    const answer = cohereOutbound.readAnswer(whole({ content, citations: [CITATION] }))
    expect(streamed).toEqual({ kind: "whole", answer })
    expect(answer).toMatchObject({ id: "i1", usage: { input: 205, output: 4, cachedInput: 2 } })
    expect(answer.choices[0]?.parts[1]).toMatchObject({
      text: "Hi é",
      citations: [{ from: 0, to: 2, quote: "Hi", title: "T", url: "https://a.b", document: 1 }],
    })
  })

  test("with a plan and calls, streamed to the same as whole", () => {
    const call = (at: number, name: string, text: string): string =>
      event("tool-call-start", {
        index: at,
        ...message({ tool_calls: { id: `c${at}`, type: "function", function: { name, arguments: "" } } }),
      }) +
      [...text]
        .map((it) =>
          event("tool-call-delta", { index: at, ...message({ tool_calls: { function: { arguments: it } } }) }),
        )
        .join("") +
      event("tool-call-end", { index: at })
    const plan =
      event("tool-plan-delta", message({ tool_plan: "I will " })) +
      event("tool-plan-delta", message({ tool_plan: "look." }))
    const streamed = replaySplit(
      cohereOutbound,
      START + plan + call(0, "f", '{"a":1}') + call(1, "g", "{}") + end("TOOL_CALL"),
    )
    const calls = [
      { id: "c0", type: "function", function: { name: "f", arguments: '{"a":1}' } },
      { id: "c1", type: "function", function: { name: "g", arguments: "null" } },
    ]
    expect(streamed).toEqual({
      kind: "whole",
      answer: cohereOutbound.readAnswer(whole({ tool_plan: "I will look.", tool_calls: calls }, "TOOL_CALL")),
    })
    expect(streamed.answer.choices[0]?.parts[2]).toMatchObject({ id: "c1", arguments: "{}" })
  })

  test("with any texts, in any split", () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.array(fc.nat(), { maxLength: 9 }), (texts, cuts) => {
        const answer = cohereOutbound.readAnswer(whole({ content: [{ type: "text", text: texts.join("") }] }))
        const pieces = cutAt(Buffer.from(START + block(0, "text", texts) + end("COMPLETE")), cuts)
        expect(replay(cohereOutbound, pieces)).toEqual({ kind: "whole", answer })
        const tap = cohereOutbound.tap()
        for (const it of pieces) tap.read(it)
        expect(tap.seen).toEqual({ usage: answer.usage, isWhole: true, error: undefined })
      }),
    )
  })

  test("as cut, as failed, or as no answer", () => {
    const hi = START + block(0, "text", ["Hi"])
    expect(replaySplit(cohereOutbound, hi).kind).toBe("cut")
    const failed = event("message-end", { delta: { error: "out of memory", finish_reason: "ERROR" } })
    expect(replaySplit(cohereOutbound, hi + failed)).toMatchObject({
      kind: "error",
      error: { message: "out of memory" },
    })
    expect(replaySplit(cohereOutbound, 'data: {"message":"invalid api token"}\n\n')).toMatchObject({
      error: { message: "invalid api token" },
    })
    expect(() => cohereOutbound.readAnswer({})).toThrow("message must be an object")
    expect(cohereOutbound.readError(401, { id: "x", message: "invalid api token" })).toMatchObject({
      message: "invalid api token",
    })
  })

  test("with the reason they ended for, and log probabilities of chosen tokens", () => {
    const stops = ["COMPLETE", "STOP_SEQUENCE", "MAX_TOKENS", "TOOL_CALL", "TIMEOUT"].map(
      (it) => cohereOutbound.readAnswer(whole({}, it)).choices[0]?.stop,
    )
    expect(stops).toEqual(["end", "stop-sequence", "length", "tool-calls", "other"])
    const answer = cohereOutbound.readAnswer({
      ...whole({}),
      logprobs: [{ text: "Hi", token_ids: [1], logprobs: [-0.5] }],
    })
    expect(answer.choices[0]?.logprobs).toEqual([{ token: "Hi", logprob: -0.5, bytes: null, top: [] }])
  })
})

describe("requests to Cohere", () => {
  test("tell text before calls as the plan, a named tool alone, and documents to be cited apart", () => {
    const [body, dropped] = written({
      turns: [
        {
          role: "user",
          parts: [
            { kind: "document", medium: { kind: "text", text: "T" }, name: "n", cited: true },
            { kind: "text", text: "Hi" },
          ],
        },
        {
          role: "assistant",
          parts: [
            { kind: "reasoning", text: "Hm" },
            { kind: "text", text: "Plan." },
            { kind: "tool-call", id: "c", name: "f", arguments: "" },
          ],
        },
        { role: "tool", results: [{ id: "c", parts: [{ kind: "text", text: "1" }], isError: false }] },
      ],
      tools: [
        { kind: "function", name: "f", strict: true },
        { kind: "function", name: "g", strict: true },
      ],
      toolChoice: { kind: "named", name: "f" },
      output: { kind: "schema", name: "s", schema: { type: "object" } },
      reasoning: { budget: 100 },
      topP: 0.5,
      topK: 3,
      stop: ["END"],
      logprobs: 0,
    })
    expect(dropped).toEqual([])
    expect(body).toEqual({
      model: "m",
      stream: false,
      messages: [
        { role: "user", content: "Hi" },
        {
          role: "assistant",
          content: [{ type: "thinking", thinking: "Hm" }],
          tool_plan: "Plan.",
          tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
        },
        { role: "tool", tool_call_id: "c", content: "1" },
      ],
      documents: [{ id: "document-0", data: { text: "T", title: "n" } }],
      tools: [{ type: "function", function: { name: "f", parameters: { type: "object", properties: {} } } }],
      strict_tools: true,
      tool_choice: "REQUIRED",
      response_format: { type: "json_object", json_schema: { type: "object" } },
      thinking: { type: "enabled", token_budget: 100 },
      p: 0.5,
      k: 3,
      stop_sequences: ["END"],
      logprobs: true,
    })
  })

  const file = { kind: "file", id: "f" } as const
  const rows: readonly (readonly [Partial<ChatRequest>, string])[] = [
    [{ toolChoice: { kind: "required" } }, "tool_choice"],
    [{ parallelTools: false }, "parallel_tool_calls"],
    [{ choices: 2 }, "n"],
    [{ minP: 0.5 }, "min_p"],
    [{ logitBias: {} }, "logit_bias"],
    [{ logprobs: 3 }, "top_logprobs"],
    [{ modalities: ["image"] }, "modalities"],
    [{ user: "u" }, "user"],
    [{ metadata: {} }, "metadata"],
    [{ serviceTier: "auto" }, "service_tier"],
    [{ reasoning: { effort: "high" } }, "effort of thoughts"],
    [{ reasoning: { told: false } }, "whether thoughts are told"],
    [{ extras: { format: "anthropic", members: { container: 1 } } }, "container"],
    [
      {
        tools: [
          { kind: "function", name: "f", strict: true },
          { kind: "function", name: "g" },
        ],
      },
      "strict of tools",
    ],
    [{ tools: [{ kind: "function", name: "f", cache: { hour: true } }] }, "cache_control"],
    [{ output: { kind: "schema", name: "s", schema: {}, description: "d" } }, "description of the schema"],
    [{ turns: [{ role: "user", parts: [], name: "n" }] }, "name of messages"],
    [{ turns: [{ role: "user", parts: [{ kind: "image", medium: file }] }] }, "image by file id"],
    [{ turns: [{ role: "user", parts: [{ kind: "document", medium: file }] }] }, "documents"],
    [{ turns: [{ role: "user", parts: [{ kind: "video", medium: file }] }] }, "video"],
    [{ turns: [{ role: "assistant", parts: [{ kind: "reasoning", text: "", redacted: "r" }] }] }, "redacted thoughts"],
    [
      { turns: [{ role: "assistant", parts: [{ kind: "text", text: "x", citations: [] }] }] },
      "citations of earlier answers",
    ],
    [{ turns: [{ role: "assistant", parts: [{ kind: "made", medium: file }] }] }, "made media of earlier turns"],
    [{ turns: [{ role: "tool", results: [{ id: "a", parts: [], isError: true }] }] }, "is_error of tool results"],
  ]

  test.each(rows)("say what they leave out: %j", (request, what) => {
    expect(written(request)[1]).toEqual([what])
  })

  test("can be made of any request", () => {
    fc.assert(
      fc.property(anyRequest(), (it) => void cohereOutbound.writeRequest(it, {}, new Losses())),
      { numRuns: 30 },
    )
  })
})
