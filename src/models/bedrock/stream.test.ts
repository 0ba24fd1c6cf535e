import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { ChatAnswer } from "../form/answer.ts"
import { cutAt } from "../form/any.fixture.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { Fold } from "../form/fold.ts"
import { event, eventMessage, exception } from "../framing/event-stream.fixture.ts"
import { bedrockOutbound } from "./outbound.ts"

function read(pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events: StreamEvent[] = []
  const reader = bedrockOutbound.reader()
  for (const it of pieces) reader.read(it, (it) => events.push(it))
  reader.close((it) => events.push(it))
  // An id is made for each answer, as Bedrock tells none.
  return events.map((it) => (it.kind === "start" ? { ...it, id: "" } : it))
}

function folded(bytes: Uint8Array) {
  const fold = new Fold()
  for (const it of read([bytes])) fold.add(it)
  return fold.result()
}

const whole = (body: Parameters<typeof bedrockOutbound.readAnswer>[0]): ChatAnswer => ({
  ...bedrockOutbound.readAnswer(body),
  id: "",
})

const block = (index: number, delta: object): Buffer =>
  event("contentBlockDelta", { contentBlockIndex: index, delta, p: "abcdefgh" })
const stop = (index: number): Buffer => event("contentBlockStop", { contentBlockIndex: index })
const CITATION = {
  title: "Plants",
  sourceContent: [{ text: "Grass is green." }],
  location: { documentChar: { documentIndex: 1, start: 0, end: 15 } },
}
const USAGE = {
  inputTokens: 30,
  outputTokens: 12,
  totalTokens: 57,
  cacheReadInputTokens: 5,
  cacheWriteInputTokens: 10,
  cacheDetails: [{ ttl: "1h", inputTokens: 4 }],
}

/** After `ConverseStreamOutput` of the SDK: thoughts, encrypted thoughts, cited text, an image and two calls. */
const PIECES = [
  event("messageStart", { role: "assistant" }),
  block(0, { reasoningContent: { text: "Let me " } }),
  block(0, { reasoningContent: { text: "look." } }),
  block(0, { reasoningContent: { signature: "c2ln" } }),
  stop(0),
  block(1, { reasoningContent: { redactedContent: "AAEC" } }),
  stop(1),
  block(2, { text: "Grün 🌱" }),
  block(2, { citation: CITATION }),
  block(2, { text: " is grass." }),
  stop(2),
  event("contentBlockStart", { contentBlockIndex: 3, start: { image: { format: "png" } } }),
  block(3, { image: { source: { bytes: "AAEC" } } }),
  stop(3),
  event("contentBlockStart", { contentBlockIndex: 4, start: { toolUse: { toolUseId: "t1", name: "get" } } }),
  block(4, { toolUse: { input: "" } }),
  block(4, { toolUse: { input: '{"a":' } }),
  block(4, { toolUse: { input: "1}" } }),
  stop(4),
  event("contentBlockStart", { contentBlockIndex: 5, start: { toolUse: { toolUseId: "t2", name: "now" } } }),
  block(5, { toolUse: { input: "{}" } }),
  stop(5),
  event("contentBlockStart", {
    contentBlockIndex: 6,
    start: { toolUse: { toolUseId: "s1", name: "search", type: "server_tool_use" } },
  }),
  block(6, { toolUse: { input: '{"q":1}' } }),
  stop(6),
  event("messageStop", { stopReason: "tool_use" }),
]
const WHOLE = Buffer.concat([
  ...PIECES,
  event("metadata", { usage: USAGE, metrics: { latencyMs: 5 }, serviceTier: { type: "flex" } }),
])
const BODY = {
  output: {
    message: {
      role: "assistant",
      content: [
        { reasoningContent: { reasoningText: { text: "Let me look.", signature: "c2ln" } } },
        { reasoningContent: { redactedContent: "AAEC" } },
        { citationsContent: { content: [{ text: "Grün 🌱 is grass." }], citations: [CITATION] } },
        { image: { format: "png", source: { bytes: "AAEC" } } },
        { toolUse: { toolUseId: "t1", name: "get", input: { a: 1 } } },
        { toolUse: { toolUseId: "t2", name: "now", input: {} } },
        { toolUse: { toolUseId: "s1", name: "search", type: "server_tool_use", input: { q: 1 } } },
      ],
    },
  },
  stopReason: "tool_use",
  usage: USAGE,
  metrics: { latencyMs: 7 },
  serviceTier: { type: "flex" },
}

describe("a stream of Bedrock's", () => {
  test("comes to the answer that would have come whole", () => {
    expect(folded(WHOLE)).toEqual({ kind: "whole", answer: whole(BODY) })
  })

  test("tells usage with what is cached as part of the input", () => {
    const tap = bedrockOutbound.tap()
    tap.read(WHOLE)
    const usage = {
      input: 45,
      output: 12,
      cachedInput: 5,
      cacheWrite: 10,
      cacheWriteHour: 4,
      reasoning: 0,
      audioInput: 0,
      audioOutput: 0,
    }
    expect(tap.seen).toEqual({ usage, isWhole: true, error: undefined })
    expect(whole(BODY).usage).toEqual(usage)
  })

  test("gives the same events split in two anywhere, byte by byte, and at random", () => {
    const events = read([WHOLE])
    for (let at = 1; at < WHOLE.length; at += 3)
      expect(read([WHOLE.subarray(0, at), WHOLE.subarray(at)])).toEqual(events)
    expect(read([...WHOLE].map((it) => Uint8Array.of(it)))).toEqual(events)
    fc.assert(fc.property(fc.array(fc.nat()), (cuts) => expect(read(cutAt(WHOLE, cuts))).toEqual(events)))
  })

  test("is cut wherever the end of the message is missing, or half an event follows it", () => {
    const end = Buffer.concat(PIECES).length
    fc.assert(
      fc.property(fc.nat(WHOLE.length - 1), (at) => {
        expect(folded(WHOLE.subarray(0, at)).kind).toBe(at === end ? "whole" : "cut")
      }),
    )
  })

  test("ends with the exception that stands in it", () => {
    const bytes = Buffer.concat([...PIECES.slice(0, 3), exception("throttlingException", "Too many tokens"), WHOLE])
    const error = {
      status: 429,
      message: "Too many tokens",
      type: "throttlingException",
      raw: { message: "Too many tokens" },
    }
    expect(folded(bytes)).toMatchObject({ kind: "error", error })
    const tap = bedrockOutbound.tap()
    tap.read(bytes.subarray(0, bytes.length - WHOLE.length))
    expect(tap.seen).toEqual({ usage: undefined, isWhole: false, error })
  })

  test("may break off with an error the service did not mean", () => {
    const headers = { ":message-type": "error", ":error-code": "InternalFailure", ":error-message": "Oops" }
    expect(folded(eventMessage(headers, Buffer.alloc(0)))).toMatchObject({
      error: { status: 502, message: "Oops", type: "InternalFailure" },
    })
  })

  test("tells that a guardrail held it back, and the stop sequence that was asked for", () => {
    const stopped = (told: object) =>
      folded(Buffer.concat([event("messageStart", {}), event("messageStop", told)])).answer.choices[0]
    expect(stopped({ stopReason: "guardrail_intervened" })).toMatchObject({
      stop: "filtered",
      stopDetail: "guardrail_intervened",
    })
    expect(
      stopped({ stopReason: "stop_sequence", additionalModelResponseFields: { delta: { stop_sequence: "END" } } }),
    ).toMatchObject({ stop: "stop-sequence", stopDetail: "END" })
  })
})

test("what is no answer of Converse is a fault, and errors are read with what they say", () => {
  expect(() => bedrockOutbound.readAnswer({ message: "no" })).toThrow(FormFault)
  expect(bedrockOutbound.readError(429, { message: "Too many requests" })).toMatchObject({
    status: 429,
    message: "Too many requests",
  })
  expect(bedrockOutbound.readError(403, { Message: "no", __type: "com.amazon#AccessDeniedException" })).toMatchObject({
    message: "no",
    type: "AccessDeniedException",
  })
  expect(bedrockOutbound.readError(502, undefined)).toEqual({ status: 502, message: "" })
})

test("whatever comes in messages that hold, only a fault of the form is thrown, and events keep their laws until then", () => {
  const type = fc.constantFrom(
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "contentBlockStop",
    "messageStop",
    "metadata",
    "x",
  )
  const json = fc.jsonValue({ maxDepth: 2 })
  const delta = fc.oneof(
    fc.record({ text: json }),
    fc.record({ toolUse: fc.oneof(fc.record({ input: json }), json) }),
    fc.record({
      reasoningContent: fc.oneof(fc.record({ text: fc.string() }), fc.record({ redactedContent: json }), json),
    }),
    fc.record({ image: fc.record({ source: fc.record({ bytes: fc.string() }) }) }),
    json,
  )
  const start = fc.oneof(
    fc.record({ toolUse: fc.oneof(fc.record({ toolUseId: json, name: json, type: json }), json) }),
    fc.record({ image: json }),
    json,
  )
  const payload = fc.record(
    { contentBlockIndex: fc.oneof(fc.nat(1), json), delta, start, usage: json, stopReason: json },
    { requiredKeys: [] },
  )
  const message = fc.tuple(type, fc.oneof(payload, payload, json)).map(([name, it]) => event(name, Object(it)))
  fc.assert(
    fc.property(fc.array(message, { maxLength: 14 }), (messages) => {
      const fold = new Fold()
      let open: string | undefined
      let isOver = false
      const law = (it: StreamEvent): void => {
        expect(isOver).toBe(false)
        if (it.kind === "part") expect(open).toBeUndefined()
        if (it.kind === "part") open = `${it.choice}/${it.part}`
        else if ("part" in it) expect(`${it.choice}/${it.part}`).toBe(open ?? "none")
        if (it.kind === "part-end") open = undefined
        isOver = it.kind === "end" || it.kind === "error"
        fold.add(it)
      }
      const reader = bedrockOutbound.reader()
      try {
        reader.read(Buffer.concat([event("messageStart", {}), ...messages]), law)
        reader.close(law)
      } catch (error) {
        if (!(error instanceof FormFault)) throw error
      }
    }),
    { numRuns: 300 },
  )
})
