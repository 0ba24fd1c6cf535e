import { describe, expect, test } from "bun:test"
import type { Folded } from "../form/fold.ts"
import type { Json, JsonObject } from "../json.ts"
import { chatOutbound } from "./outbound.ts"
import { replaySplit } from "./replay.fixture.ts"

const HEAD = { id: "c1", object: "chat.completion.chunk", created: 7, model: "m" }
const chunk = (delta: JsonObject, finish: string | null = null, more: JsonObject = {}): JsonObject => ({
  ...HEAD,
  choices: [{ index: 0, delta, finish_reason: finish, ...more }],
})
const data = (value: Json): string => `data: ${JSON.stringify(value)}\n\n`
const DONE = "data: [DONE]\n\n"
const stream = (...chunks: readonly Json[]): Folded => replaySplit(chatOutbound, chunks.map(data).join("") + DONE)

function parts(...deltas: readonly JsonObject[]) {
  const { kind, answer } = stream(...deltas.map((it) => chunk(it)), chunk({}, "stop"))
  expect(kind).toBe("whole")
  return answer.choices[0]?.parts
}

const call = (
  index: number | undefined,
  id: string | undefined,
  name: string | undefined,
  text: string,
): JsonObject => ({
  tool_calls: [
    {
      ...(index === undefined ? {} : { index }),
      ...(id === undefined ? {} : { id }),
      function: { ...(name === undefined ? {} : { name }), arguments: text },
    },
  ],
})
const WEATHER = { kind: "tool-call", id: "a", name: "weather", arguments: '{"city":"Paris"}' } as const
const TIME = { kind: "tool-call", id: "b", name: "time", arguments: "{}" } as const

describe("thoughts are read", () => {
  test("as reasoning_content, as DeepSeek, vLLM, Qwen and Moonshot tell them", () => {
    expect(parts({ reasoning_content: "Hm", content: null }, { reasoning_content: "m." }, { content: "Yes" })).toEqual([
      { kind: "reasoning", text: "Hmm." },
      { kind: "text", text: "Yes" },
    ])
  })

  test("as reasoning with details that bring the signature, as OpenRouter tells them", () => {
    const detail = (more: JsonObject) => [{ type: "reasoning.text", format: "anthropic-claude-v1", index: 0, ...more }]
    expect(
      parts(
        { reasoning: "Hm", reasoning_details: detail({ text: "Hm" }) },
        { reasoning: "m.", reasoning_details: detail({ text: "m." }) },
        { reasoning_details: detail({ signature: "c2ln" }) },
        { content: "Yes" },
      ),
    ).toEqual([
      { kind: "reasoning", text: "Hmm.", signature: "c2ln", format: "anthropic" },
      { kind: "text", text: "Yes" },
    ])
  })

  test("as chunks of a content list, as Mistral tells them", () => {
    const thinking = (text: string) => ({ content: [{ type: "thinking", thinking: [{ type: "text", text }] }] })
    expect(
      parts(thinking("Hm"), thinking("m."), { content: [{ type: "text", text: "Y" }] }, { content: "es" }),
    ).toEqual([
      { kind: "reasoning", text: "Hmm." },
      { kind: "text", text: "Yes" },
    ])
  })
})

describe("calls are read", () => {
  test("one after another, as OpenAI sends them", () => {
    expect(
      parts(
        call(0, "a", "weather", ""),
        call(0, undefined, undefined, '{"city":'),
        call(0, undefined, undefined, '"Paris"}'),
        call(1, "b", "time", "{}"),
      ),
    ).toEqual([WEATHER, TIME])
  })

  test("with ids and names that come late or are repeated in every delta", () => {
    expect(
      parts(
        call(0, undefined, undefined, '{"city":'),
        call(0, "a", undefined, ""),
        call(0, "a", "weather", '"Paris"}'),
      ),
    ).toEqual([WEATHER])
    expect(parts(call(0, "a", "weather", '{"city":'), call(0, "a", "weather", '"Paris"}'))).toEqual([WEATHER])
  })

  test("whole, all with index 0 or with none", () => {
    for (const index of [0, undefined])
      expect(parts(call(index, "a", "weather", '{"city":"Paris"}'), call(index, "b", "time", "{}"))).toEqual([
        WEATHER,
        TIME,
      ])
  })

  test("that overlap: the later is held back until the earlier is complete", () => {
    expect(
      parts(
        call(0, "a", "weather", ""),
        call(1, "b", "time", ""),
        call(0, undefined, undefined, '{"city":"Paris"}'),
        call(1, undefined, undefined, "{}"),
      ),
    ).toEqual([WEATHER, TIME])
  })

  test("told once more as a whole at the end", () => {
    expect(
      parts(
        call(0, "a", "weather", '{"city":'),
        call(0, undefined, undefined, '"Paris"}'),
        call(0, "a", "weather", '{"city":"Paris"}'),
      ),
    ).toEqual([WEATHER])
  })

  test("without an id, which is made and the same in the whole answer", () => {
    const streamed = parts(call(0, undefined, "weather", '{"city":"Paris"}'), call(0, undefined, "time", "{}"))
    const message = {
      tool_calls: [
        { function: { name: "weather", arguments: { city: "Paris" } } },
        { function: { name: "time", arguments: "{}" } },
      ],
    }
    const whole = chatOutbound.readAnswer({ ...HEAD, choices: [{ message, finish_reason: "tool_calls" }] })
    expect(whole.choices[0]?.parts).toEqual(streamed ?? [])
    expect(new Set(streamed?.map((it) => (it.kind === "tool-call" ? it.id : ""))).size).toBe(2)
  })

  test("as function_call, as they were before there were tools", () => {
    const { answer } = stream(
      chunk({ function_call: { name: "weather", arguments: "" } }),
      chunk({ function_call: { arguments: '{"city":"Paris"}' } }),
      chunk({}, "function_call"),
    )
    expect(answer.choices[0]?.parts).toMatchObject([{ name: "weather", arguments: '{"city":"Paris"}' }])
    expect(answer.choices[0]?.stop).toBe("tool-calls")
  })

  test("of custom tools, whose input is no JSON", () => {
    const custom = (more: JsonObject, name?: string): JsonObject => ({
      tool_calls: [
        {
          index: 0,
          ...more,
          custom: { ...(name === undefined ? {} : { name }), input: name === undefined ? "1;" : "select " },
        },
      ],
    })
    expect(parts(custom({ id: "a", type: "custom" }, "sql"), custom({}))).toEqual([
      {
        kind: "opaque",
        format: "openai-chat",
        what: "call of the custom tool sql",
        value: { id: "a", type: "custom", custom: { name: "sql", input: "select 1;" } },
      },
    ])
  })

  test("and one that goes on after it has ended is a fault rather than lost", () => {
    expect(() =>
      parts(call(0, "a", "weather", "{}"), call(1, "b", "time", "{}"), call(0, undefined, undefined, ',"x"')),
    ).toThrow("must be deltas of calls that have not ended")
  })
})

describe("a stream", () => {
  test("whose first chunk has no choice, as Azure's, has the id and model of the next and what the first told", () => {
    const first = {
      id: "",
      model: "",
      created: 0,
      object: "",
      choices: [],
      prompt_filter_results: [{ prompt_index: 0 }],
    }
    const { kind, answer } = stream(first, { ...chunk({ content: "Hi" }), system_fingerprint: "fp" }, chunk({}, "stop"))
    expect(kind).toBe("whole")
    expect(answer).toMatchObject({ id: "c1", model: "m", created: 7 })
    expect(answer.extras?.members).toEqual({ prompt_filter_results: [{ prompt_index: 0 }], system_fingerprint: "fp" })
  })

  test("tells usage in its last chunk, in every chunk, or as Groq does", () => {
    const usage = {
      prompt_tokens: 3,
      completion_tokens: 2,
      total_tokens: 5,
      prompt_tokens_details: { cached_tokens: 1 },
    }
    const expected = { input: 3, output: 2, cachedInput: 1 }
    const last = { ...HEAD, choices: [], usage }
    expect(stream(chunk({ content: "Hi" }, "stop"), last).answer.usage).toMatchObject(expected)
    const every = [1, 2].map((it) => ({ ...chunk({ content: "x" }), usage: { ...usage, completion_tokens: it } }))
    expect(stream(...every, chunk({}, "stop")).answer.usage).toMatchObject(expected)
    expect(stream({ ...chunk({ content: "Hi" }, "stop"), x_groq: { usage } }).answer.usage).toMatchObject(expected)
  })

  test("of xAI or Google counts thoughts that completion_tokens leaves out", () => {
    const usage = {
      prompt_tokens: 3,
      completion_tokens: 2,
      total_tokens: 15,
      completion_tokens_details: { reasoning_tokens: 10 },
    }
    expect(stream(chunk({ content: "x" }, "stop"), { ...HEAD, choices: [], usage }).answer.usage).toMatchObject({
      output: 12,
      reasoning: 10,
    })
  })

  test("without [DONE] is whole where every choice has told why it ended, and cut where one has not", () => {
    const hi = data(chunk({ content: "Hi" }))
    expect(replaySplit(chatOutbound, hi + data(chunk({}, "stop"))).kind).toBe("whole")
    expect(replaySplit(chatOutbound, hi).kind).toBe("cut")
    const other = data({ ...HEAD, choices: [{ index: 1, delta: { content: "Ho" }, finish_reason: null }] })
    expect(replaySplit(chatOutbound, hi + other + data(chunk({}, "stop"))).kind).toBe("cut")
  })

  test("goes on after finish_reason where a provider does", () => {
    expect(stream(chunk({ content: "Hi" }, "stop"), chunk({ content: "!" })).answer.choices[0]?.parts).toEqual([
      { kind: "text", text: "Hi!" },
    ])
  })

  test("ends with the error inside it, whatever follows", () => {
    const failed = (text: string) =>
      replaySplit(chatOutbound, data(chunk({ content: "Hi" })) + text + data(chunk({ content: "!" })) + DONE)
    const groq = 'event: error\ndata: {"error":{"message":"Overloaded","type":"overloaded_error"}}\n\n'
    expect(failed(groq)).toMatchObject({ kind: "error", error: { status: 529, message: "Overloaded" } })
    expect(failed('data: {"error":{"code":429,"message":"Slow down"}}\n\n')).toMatchObject({
      error: { status: 429, code: "429" },
    })
    expect(failed('data: {"object":"error","message":"Bad","type":"BadRequestError","code":400}\n\n')).toMatchObject({
      error: { status: 400 },
    })
    expect(failed('data: {"error":"no more memory"}\n\n')).toMatchObject({
      error: { status: 502, message: "no more memory" },
    })
    expect(failed("event: error\ndata: upstream gone\n\n")).toMatchObject({ error: { message: "upstream gone" } })
  })

  test("of comments, pings and a byte order mark is read past them", () => {
    const text = `\ufeff: OPENROUTER PROCESSING\n\n${data(chunk({ content: "Hi" }, "stop"))}: ping\r\n\r\n${DONE}`
    expect(replaySplit(chatOutbound, text)).toMatchObject({ kind: "whole", answer: { id: "c1" } })
  })

  test("of bytes that are no chunk is a fault", () => {
    expect(() => replaySplit(chatOutbound, "data: <html>\n\n")).toThrow("data must be a JSON object")
    expect(() => replaySplit(chatOutbound, data({ ...HEAD, choices: [{ index: 1e9, delta: {} }] }))).toThrow(
      "a whole number below 128",
    )
    expect(() => replaySplit(chatOutbound, data({ ...HEAD, choices: [7] }))).toThrow("choices[0] must be an object")
  })

  test("of a refusal, of log probabilities, of annotations and of sound is read", () => {
    expect(stream(chunk({ refusal: "I " }), chunk({ refusal: "won't" }), chunk({}, "stop")).answer.choices[0]).toEqual({
      parts: [{ kind: "refusal", text: "I won't" }],
      stop: "refusal",
    })
    const token = { token: "Hi", logprob: -0.5, bytes: null, top_logprobs: [] }
    expect(
      stream(chunk({ content: "Hi" }, "stop", { logprobs: { content: [token] } })).answer.choices[0]?.logprobs,
    ).toEqual([{ token: "Hi", logprob: -0.5, bytes: null, top: [] }])
    const annotation = {
      type: "url_citation",
      url_citation: { start_index: 0, end_index: 2, url: "https://a.b", title: "A" },
    }
    expect(parts({ content: "Hi" }, { annotations: [annotation] })).toEqual([
      { kind: "text", text: "Hi", citations: [{ from: 0, to: 2, url: "https://a.b", title: "A" }] },
    ])
    expect(
      parts({ audio: { id: "s", transcript: "Hi" } }, { audio: { data: "AAAA" } }, { audio: { expires_at: 9 } }),
    ).toEqual([{ kind: "made", id: "s", transcript: "Hi", medium: { kind: "inline", type: "audio/*", data: "AAAA" } }])
  })
})

test("why a choice ended is read in the words of many", () => {
  const stops = [
    "stop",
    "length",
    "tool_calls",
    "content_filter",
    "model_length",
    "eos",
    "insufficient_system_resource",
    null,
  ].map((reason) => {
    const answer = chatOutbound.readAnswer({ choices: [{ message: { content: "x" }, finish_reason: reason }] })
    return [answer.choices[0]?.stop, answer.choices[0]?.stopDetail]
  })
  expect(stops).toEqual([
    ["end", undefined],
    ["length", undefined],
    ["tool-calls", undefined],
    ["filtered", undefined],
    ["length", undefined],
    ["end", undefined],
    ["other", "insufficient_system_resource"],
    ["other", undefined],
  ])
})

test("what is no answer is a fault with its place", () => {
  expect(() => chatOutbound.readAnswer({ error: { message: "no" } })).toThrow("choices must be an array")
  expect(() => chatOutbound.readAnswer({ choices: [{ delta: {} }] })).toThrow("choices[0].message must be an object")
})

test("errors are read in the shapes of many", () => {
  const read = (body: JsonObject) => chatOutbound.readError(400, body)
  expect(read({ error: { message: "m", type: "t", param: "p", code: "c" } })).toMatchObject({
    message: "m",
    type: "t",
    param: "p",
    code: "c",
  })
  expect(read({ error: "m" }).message).toBe("m")
  expect(read({ object: "error", message: "m", type: "t", code: 3 })).toMatchObject({
    message: "m",
    type: "t",
    code: "3",
  })
  expect(read({ detail: [{ loc: ["body"], msg: "field required" }] }).message).toBe("field required")
  expect(read({ errors: [{ code: 7, message: "m" }] }).message).toBe("m")
  expect(chatOutbound.readError(503, undefined)).toEqual({ status: 503, message: "" })
})
