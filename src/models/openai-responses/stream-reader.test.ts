import { describe, expect, test } from "bun:test"
import { cutAt } from "../form/any.fixture.ts"
import { Fold, type Folded } from "../form/fold.ts"
import type { Json, JsonObject } from "../json.ts"
import { responsesOutbound } from "./outbound.ts"

function read(pieces: readonly Uint8Array[]): Folded {
  const fold = new Fold()
  const reader = responsesOutbound.reader()
  for (const piece of pieces) reader.read(piece, (it) => fold.add(it))
  reader.close((it) => fold.add(it))
  return fold.result()
}

const bytesOf = (...events: readonly JsonObject[]): Buffer =>
  Buffer.from(events.map((it) => `event: ${String(it.type)}\ndata: ${JSON.stringify(it)}\n\n`).join(""))

const RESPONSE = {
  id: "resp_1",
  object: "response",
  created_at: 1741290958,
  model: "gpt-5.1",
  status: "in_progress",
  output: [],
}
const MESSAGE = { id: "msg_1", type: "message", status: "completed", role: "assistant" }
const whole = (output: readonly Json[], more: JsonObject = {}): JsonObject => ({
  ...RESPONSE,
  status: "completed",
  output,
  ...more,
})

/** The stream of https://platform.openai.com/docs/api-reference/responses-streaming, with its usage. */
const HELLO = bytesOf(
  { type: "response.created", response: RESPONSE },
  { type: "response.in_progress", response: RESPONSE },
  { type: "response.output_item.added", output_index: 0, item: { ...MESSAGE, status: "in_progress", content: [] } },
  {
    type: "response.content_part.added",
    item_id: "msg_1",
    output_index: 0,
    content_index: 0,
    part: { type: "output_text", text: "", annotations: [] },
  },
  {
    type: "response.output_text.delta",
    item_id: "msg_1",
    output_index: 0,
    content_index: 0,
    delta: "Hi",
    obfuscation: "x",
  },
  { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, content_index: 0, delta: " é👍" },
  { type: "response.output_text.done", item_id: "msg_1", output_index: 0, content_index: 0, text: "Hi é👍" },
  { type: "response.something_new", output_index: 0 },
  {
    type: "response.output_item.done",
    output_index: 0,
    item: { ...MESSAGE, content: [{ type: "output_text", text: "Hi é👍", annotations: [] }] },
  },
  {
    type: "response.completed",
    response: whole([{ ...MESSAGE, content: [{ type: "output_text", text: "Hi é👍", annotations: [] }] }], {
      usage: {
        input_tokens: 37,
        input_tokens_details: { cached_tokens: 5 },
        output_tokens: 11,
        output_tokens_details: { reasoning_tokens: 2 },
        total_tokens: 48,
      },
      service_tier: "default",
    }),
  },
)

describe("a stream of a response", () => {
  test("is the same for every split into two pieces, and byte by byte", () => {
    const expected = read([HELLO])
    expect(expected).toMatchObject({
      kind: "whole",
      answer: {
        id: "resp_1",
        created: 1741290958,
        choices: [{ parts: [{ kind: "text", text: "Hi é👍" }], stop: "end" }],
        usage: { input: 37, cachedInput: 5, output: 11, reasoning: 2 },
        serviceTier: "default",
      },
    })
    for (let at = 0; at <= HELLO.length; at++) expect(read(cutAt(HELLO, [at]))).toEqual(expected)
    expect(read(Array.from(HELLO, (it) => Uint8Array.of(it)))).toEqual(expected)
  })

  test("whose items come side by side is told part after part", () => {
    const call = (n: number): JsonObject => ({
      type: "function_call",
      id: `fc_${n}`,
      call_id: `c${n}`,
      name: "f",
      arguments: "",
    })
    const bytes = bytesOf(
      { type: "response.created", response: RESPONSE },
      { type: "response.output_item.added", output_index: 0, item: call(0) },
      { type: "response.output_item.added", output_index: 1, item: call(1) },
      { type: "response.function_call_arguments.delta", output_index: 1, delta: '{"b"' },
      { type: "response.function_call_arguments.delta", output_index: 0, delta: '{"a":1}' },
      { type: "response.function_call_arguments.delta", output_index: 1, delta: ":2}" },
      { type: "response.output_item.done", output_index: 1, item: { ...call(1), arguments: '{"b":2}' } },
      { type: "response.output_item.done", output_index: 0, item: { ...call(0), arguments: '{"a":1}' } },
      { type: "response.completed", response: whole([]) },
    )
    const kinds: string[] = []
    responsesOutbound.reader().read(bytes, (it) => {
      kinds.push("part" in it && typeof it.part === "number" ? `${it.kind} ${it.part}` : it.kind)
    })
    expect(kinds).toEqual([
      "start",
      "part 0",
      "text 0",
      "part-end 0",
      "part 1",
      "text 1",
      "text 1",
      "part-end 1",
      "stop",
      "end",
    ])
    expect(read([bytes])).toMatchObject({
      kind: "whole",
      answer: { choices: [{ parts: [{ arguments: '{"a":1}' }, { arguments: '{"b":2}' }], stop: "tool-calls" }] },
    })
  })

  test("with thoughts of several summaries is what the response is when it comes whole", () => {
    const summary = [
      { type: "summary_text", text: "First." },
      { type: "summary_text", text: "Second." },
    ]
    const item = { type: "reasoning", id: "rs_1", summary, encrypted_content: "gAAA" }
    const delta = (index: number, text: string): JsonObject => ({
      type: "response.reasoning_summary_text.delta",
      output_index: 0,
      summary_index: index,
      delta: text,
    })
    const streamed = bytesOf(
      { type: "response.created", response: RESPONSE },
      {
        type: "response.output_item.added",
        output_index: 0,
        item: { ...item, summary: [], encrypted_content: "early" },
      },
      delta(0, "Fir"),
      delta(0, "st."),
      delta(1, "Second."),
      { type: "response.output_item.done", output_index: 0, item },
      {
        type: "response.incomplete",
        response: whole([item], { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }),
      },
    )
    const answer = responsesOutbound.readAnswer(
      whole([item], { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } }),
    )
    expect(read([streamed])).toEqual({ kind: "whole", answer })
    expect(answer.choices).toEqual([
      {
        parts: [
          { kind: "reasoning", text: "First.\n\nSecond.", signature: "gAAA", format: "openai-responses", id: "rs_1" },
        ],
        stop: "length",
      },
    ])
  })

  test("that told only its end is told whole from that", () => {
    const item = { ...MESSAGE, content: [{ type: "output_text", text: "All.", annotations: [] }] }
    expect(read([bytesOf({ type: "response.completed", response: whole([item]) })])).toMatchObject({
      kind: "whole",
      answer: { id: "resp_1", choices: [{ parts: [{ text: "All." }] }] },
    })
  })

  test("that fails is an error, as its own event tells it and as gateways do", () => {
    const errors = [
      { type: "error", code: "rate_limit_exceeded", message: "slow", param: null },
      { type: "error", error: { type: "invalid_request_error", code: "invalid_prompt", message: "slow" } },
      {
        type: "response.failed",
        response: { ...RESPONSE, status: "failed", error: { code: "server_error", message: "slow" } },
      },
      { error: { message: "slow", type: "server_error", code: null } },
    ].map((it) => {
      const folded = read([
        bytesOf({ type: "response.created", response: RESPONSE }, it, {
          type: "response.completed",
          response: whole([]),
        }),
      ])
      return folded.kind === "error" ? `${folded.error.status} ${folded.error.message}` : folded.kind
    })
    expect(errors).toEqual(["429 slow", "400 slow", "500 slow", "500 slow"])
  })

  test("of another format is a fault, and a response that failed is none", () => {
    expect(() => read([Buffer.from("data: <html>\n\n")])).toThrow("a stream whose events are JSON objects")
    expect(() => responsesOutbound.readAnswer({ choices: [] })).toThrow("output")
    expect(() => responsesOutbound.readAnswer({ status: "failed", error: { message: "broken" } })).toThrow("broken")
  })
})
