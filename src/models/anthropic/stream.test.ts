import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { Fold } from "../form/fold.ts"
import { type Json, objectOf, parseJson } from "../json.ts"
import { anthropicOutbound } from "./outbound.ts"

const frames = (...events: readonly { readonly type: string; readonly [name: string]: Json }[]): Buffer =>
  Buffer.from(events.map((it) => `event: ${it.type}\ndata: ${JSON.stringify(it)}\n\n`).join(""))

function read(pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const reader = anthropicOutbound.reader()
  for (const it of pieces) reader.read(it, (event) => events.push(event))
  reader.close((event) => events.push(event))
  return events
}

function folded(bytes: Uint8Array) {
  const fold = new Fold()
  for (const it of read([bytes])) fold.add(it)
  return fold.result()
}

const MESSAGE = {
  id: "msg_01",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5",
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: {
    input_tokens: 25,
    cache_creation_input_tokens: 10,
    cache_read_input_tokens: 5,
    cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 6 },
    output_tokens: 1,
    service_tier: "standard",
  },
}
const CITATION = {
  type: "char_location",
  cited_text: "Grass is green.",
  document_index: 0,
  document_title: "Plants",
  start_char_index: 0,
  end_char_index: 15,
  file_id: null,
}
const SEARCH = { type: "server_tool_use", id: "srvtoolu_1", name: "web_search" }
const FOUND = { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [] }

/** After the examples of Anthropic's page "Streaming Messages": thoughts, a server's tool, cited text and a call. */
const WHOLE = frames(
  { type: "message_start", message: MESSAGE },
  { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
  { type: "ping" },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "Let me " } },
  { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "look." } },
  { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "EqQBCgIYAhIM" } },
  { type: "content_block_stop", index: 0 },
  { type: "content_block_start", index: 1, content_block: { type: "redacted_thinking", data: "EmwKAhgB" } },
  { type: "content_block_stop", index: 1 },
  { type: "content_block_start", index: 2, content_block: { ...SEARCH, input: {} } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"query":' } },
  { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '"grass"}' } },
  { type: "content_block_stop", index: 2 },
  { type: "content_block_start", index: 3, content_block: FOUND },
  { type: "content_block_stop", index: 3 },
  { type: "something_new", index: 3 },
  { type: "content_block_start", index: 4, content_block: { type: "text", text: "", citations: [] } },
  { type: "content_block_delta", index: 4, delta: { type: "citations_delta", citation: CITATION } },
  { type: "content_block_delta", index: 4, delta: { type: "text_delta", text: "Grün 🌱" } },
  { type: "content_block_delta", index: 4, delta: { type: "text_delta", text: " is grass." } },
  { type: "content_block_stop", index: 4 },
  { type: "content_block_start", index: 5, content_block: { type: "tool_use", id: "toolu_1", name: "get", input: {} } },
  { type: "content_block_delta", index: 5, delta: { type: "input_json_delta", partial_json: "" } },
  { type: "content_block_delta", index: 5, delta: { type: "input_json_delta", partial_json: '{"a":' } },
  { type: "content_block_delta", index: 5, delta: { type: "input_json_delta", partial_json: "1}" } },
  { type: "content_block_stop", index: 5 },
  { type: "content_block_start", index: 6, content_block: { type: "tool_use", id: "toolu_2", name: "now", input: {} } },
  { type: "content_block_delta", index: 6, delta: { type: "input_json_delta", partial_json: "{" } },
  { type: "content_block_delta", index: 6, delta: { type: "input_json_delta", partial_json: "}" } },
  { type: "content_block_stop", index: 6 },
  {
    type: "message_delta",
    delta: { stop_reason: "tool_use", stop_sequence: null, stop_details: null, container: null },
    usage: {
      output_tokens: 89,
      input_tokens: null,
      output_tokens_details: { thinking_tokens: 12 },
      server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
    },
  },
  { type: "message_stop" },
)

/** The same answer as it would come whole. */
const AS_MESSAGE = {
  ...MESSAGE,
  content: [
    { type: "thinking", thinking: "Let me look.", signature: "EqQBCgIYAhIM" },
    { type: "redacted_thinking", data: "EmwKAhgB" },
    { ...SEARCH, input: { query: "grass" } },
    FOUND,
    { type: "text", text: "Grün 🌱 is grass.", citations: [CITATION] },
    { type: "tool_use", id: "toolu_1", name: "get", input: { a: 1 } },
    { type: "tool_use", id: "toolu_2", name: "now", input: {} },
  ],
  stop_reason: "tool_use",
  usage: {
    ...MESSAGE.usage,
    output_tokens: 89,
    output_tokens_details: { thinking_tokens: 12 },
    server_tool_use: { web_search_requests: 1, web_fetch_requests: 0 },
  },
}

describe("a stream of Anthropic's", () => {
  test("comes to the answer that would have come whole", () => {
    expect(folded(WHOLE)).toEqual({ kind: "whole", answer: anthropicOutbound.readAnswer(AS_MESSAGE) })
  })

  test("tells usage with what is cached as part of the input", () => {
    const { usage } = anthropicOutbound.readAnswer(AS_MESSAGE)
    expect(usage).toEqual({
      input: 40,
      output: 89,
      cachedInput: 5,
      cacheWrite: 10,
      cacheWriteHour: 6,
      reasoning: 12,
      audioInput: 0,
      audioOutput: 0,
    })
  })

  test("gives the same events split in two anywhere, byte by byte, and at random", () => {
    const events = read([WHOLE])
    for (let at = 1; at < WHOLE.length; at += 3)
      expect(read([WHOLE.subarray(0, at), WHOLE.subarray(at)])).toEqual(events)
    expect(read([...WHOLE].map((it) => Uint8Array.of(it)))).toEqual(events)
    fc.assert(fc.property(fc.array(fc.nat()), (cuts) => expect(read(cutAt(WHOLE, cuts))).toEqual(events)))
  })

  test("is cut wherever its last event is missing, and its parts tell what came", () => {
    const end = WHOLE.indexOf("event: message_stop")
    fc.assert(fc.property(fc.nat(end), (at) => expect(folded(WHOLE.subarray(0, at)).kind).toBe("cut")))
  })

  test("ends with the error that stands in it", () => {
    const error = { type: "overloaded_error", message: "Overloaded" }
    const bytes = Buffer.concat([
      frames({ type: "message_start", message: MESSAGE }, { type: "error", error, request_id: "req_1" }),
      WHOLE,
    ])
    const raw = { type: "error", error, request_id: "req_1" }
    expect(folded(bytes)).toMatchObject({
      kind: "error",
      error: { status: 529, message: "Overloaded", type: "overloaded_error", raw },
    })
    const tap = anthropicOutbound.tap()
    tap.read(bytes)
    expect(tap.seen.error).toEqual({ status: 529, message: "Overloaded", type: "overloaded_error", raw })
  })

  test("may be refused, and tells what Anthropic says of that", () => {
    const details = { type: "refusal", category: "cyber", explanation: null }
    const bytes = frames(
      { type: "message_start", message: MESSAGE },
      { type: "message_delta", delta: { stop_reason: "refusal", stop_details: details }, usage: { output_tokens: 3 } },
      { type: "message_stop" },
    )
    expect(folded(bytes)).toMatchObject({
      answer: {
        choices: [{ parts: [], stop: "refusal" }],
        extras: { format: "anthropic", members: { stop_details: details } },
      },
    })
  })

  test("keeps blocks of kinds that are not known, whole", () => {
    const bytes = frames(
      { type: "message_start", message: MESSAGE },
      { type: "content_block_start", index: 0, content_block: { type: "compaction", content: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "compaction_delta", content: "All " } },
      { type: "content_block_delta", index: 0, delta: { type: "compaction_delta", content: "said." } },
      { type: "content_block_stop", index: 0 },
      { type: "message_stop" },
    )
    expect(folded(bytes)).toMatchObject({
      answer: { choices: [{ parts: [{ kind: "opaque", value: { type: "compaction", content: "All said." } }] }] },
    })
  })
})

test("what nests deeper than any answer is refused before it is written again", () => {
  const deep = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`
  const start = `{"type":"message_start","message":${JSON.stringify(MESSAGE)}}`
  const block = (type: string) =>
    `{"type":"content_block_start","index":0,"content_block":{"type":"${type}","input":${deep}}}`
  for (const it of [block("tool_use"), block("server_tool_use"), `{"type":"message_start","message":${deep}}`])
    expect(() => read([Buffer.from(`data: ${start}\n\ndata: ${it}\n\n`)])).toThrow(FormFault)
  const whole = objectOf(parseJson(`{"content":[{"type":"tool_use","input":${deep}}]}`)) ?? {}
  expect(() => anthropicOutbound.readAnswer(whole)).toThrow(FormFault)
})

test("whatever comes, only a fault of the form is thrown, and events keep their laws until then", () => {
  const type = fc.constantFrom(
    "message_start",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
    "ping",
    "error",
  )
  const piece = fc.oneof(
    fc
      .record(
        {
          type,
          index: fc.oneof(fc.nat(2), fc.jsonValue()),
          message: fc.jsonValue({ maxDepth: 2 }),
          content_block: fc.oneof(
            fc.record({ type: fc.constantFrom("text", "thinking", "tool_use", "x") }),
            fc.jsonValue({ maxDepth: 2 }),
          ),
          delta: fc.oneof(
            fc.record({
              type: fc.constantFrom("text_delta", "input_json_delta", "signature_delta", "citations_delta"),
              text: fc.jsonValue(),
              partial_json: fc.jsonValue(),
            }),
            fc.jsonValue({ maxDepth: 2 }),
          ),
          usage: fc.jsonValue({ maxDepth: 2 }),
        },
        { requiredKeys: ["type"] },
      )
      .map((it) => JSON.stringify(it)),
    fc.constantFrom("[DONE]", "7", "null", "<html>", "[".repeat(20_000)),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const fold = new Fold()
      let open: string | undefined
      let isOver = false
      const law = (event: StreamEvent): void => {
        expect(isOver).toBe(false)
        if (event.kind === "part") expect(open).toBeUndefined()
        if (event.kind === "part") open = `${event.choice}/${event.part}`
        else if ("part" in event) expect(`${event.choice}/${event.part}`).toBe(open ?? "none")
        if (event.kind === "part-end") open = undefined
        isOver = event.kind === "end" || event.kind === "error"
        fold.add(event)
      }
      const reader = anthropicOutbound.reader()
      try {
        reader.read(Buffer.from(pieces.map((it) => `data: ${it}\n\n`).join("")), law)
        reader.close(law)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
      }
    }),
    { numRuns: 300 },
  )
})
