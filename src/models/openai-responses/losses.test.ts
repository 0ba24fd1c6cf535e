import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { ChatAnswer } from "../form/answer.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import type { AnswerPart, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { NO_USAGE } from "../form/usage.ts"
import type { Quirks } from "../quirks.ts"
import { responsesInbound } from "./inbound.ts"
import { responsesOutbound } from "./outbound.ts"

const BASE: ChatRequest = {
  model: "m",
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: false,
  streamUsage: true,
}

function lost(change: Partial<ChatRequest>, quirks: Quirks = {}): string {
  const losses = new Losses()
  responsesOutbound.writeRequest({ ...BASE, ...change }, quirks, losses)
  return losses
    .list()
    .map((it) => it.what)
    .join()
}

const asked = (...parts: readonly UserPart[]): Partial<ChatRequest> => ({ turns: [{ role: "user", parts }] })
const said = (...parts: readonly AnswerPart[]): Partial<ChatRequest> => ({ turns: [{ role: "assistant", parts }] })
const cache = { hour: false }
const file = { kind: "inline" as const, type: "application/pdf", data: "aGk=" }
const own = { kind: "opaque" as const, format: "anthropic" as const, what: "search", value: {} }

describe("what a request for a response cannot say", () => {
  const table: readonly (readonly [what: string, change: Partial<ChatRequest>])[] = [
    ["topK", { topK: 1 }],
    ["minP", { minP: 0.1 }],
    ["seed", { seed: 1 }],
    ["presencePenalty", { presencePenalty: 1 }],
    ["frequencyPenalty", { frequencyPenalty: 1 }],
    ["stop", { stop: ["END"] }],
    ["choices", { choices: 2 }],
    ["logitBias", { logitBias: {} }],
    ["modalities", { modalities: ["text", "image"] }],
    ["audio", { audio: {} }],
    ["safetySettings", { extras: { format: "gemini", members: { safetySettings: [] } } }],
    ["reasoning budget", { reasoning: { budget: 2000 } }],
    ["cache marks", { tools: [{ kind: "function", name: "f", cache }] }],
    ["web", { tools: [{ kind: "provider", format: "anthropic", what: "web", value: {} }] }],
    ["cache marks", { system: [{ kind: "text", text: "s", cache }] }],
    ["name", { turns: [{ role: "user", parts: [], name: "n" }] }],
    ["name", { turns: [{ role: "assistant", parts: [], name: "n" }] }],
    ["cache marks", asked({ kind: "text", text: "t", cache })],
    ["document.context", asked({ kind: "document", medium: file, context: "c" })],
    ["document.cited", asked({ kind: "document", medium: file, cited: true })],
    ["audio", asked({ kind: "audio", medium: file })],
    ["video", asked({ kind: "video", medium: file })],
    ["search", asked(own)],
    ["search", said(own)],
    ["citations", said({ kind: "text", text: "t", citations: [{}] })],
    ["cache marks", said({ kind: "text", text: "t", cache })],
    ["signature", said({ kind: "text", text: "t", signature: "s" })],
    ["signature", said({ kind: "tool-call", id: "1", name: "f", arguments: "{}", signature: "s" })],
    ["cache marks", said({ kind: "tool-call", id: "1", name: "f", arguments: "{}", cache })],
    ["reasoning", said({ kind: "reasoning", text: "t" })],
    ["reasoning", said({ kind: "reasoning", text: "t", signature: "s", format: "anthropic" })],
    ["reasoning", said({ kind: "reasoning", text: "", redacted: "s", format: "anthropic" })],
    ["media of earlier answers", said({ kind: "made", medium: file })],
    ["transcript", said({ kind: "made", medium: { ...file, type: "image/png" }, transcript: "t" })],
    ["tool result error", { turns: [{ role: "tool", results: [{ id: "1", parts: [], isError: true }] }] }],
    ["cache marks", { turns: [{ role: "tool", results: [{ id: "1", parts: [], isError: false, cache }] }] }],
    ["search", { turns: [{ role: "tool", results: [{ id: "1", parts: [own], isError: false }] }] }],
  ]
  test.each(table)("%s is named", (what, change) => expect(lost(change)).toBe(what))

  const refused: readonly (readonly [field: NonNullable<Quirks["refuses"]>[number], change: Partial<ChatRequest>])[] = [
    ["parallel_tool_calls", { parallelTools: true }],
    ["user", { user: "u" }],
    ["metadata", { metadata: {} }],
    ["service_tier", { serviceTier: "flex" }],
    ["top_logprobs", { logprobs: 2 }],
    ["strict", { tools: [{ kind: "function", name: "f", strict: true }] }],
  ]
  test.each(refused)("%s is named where a provider refuses it", (field, change) => {
    expect(lost(change)).toBe("")
    expect(lost(change, { refuses: [field] })).toBe(field)
  })
})

test("a conversation of another dialect is not kept by the provider, and its thoughts come back encrypted", () => {
  const request: ChatRequest = { ...BASE, reasoning: { effort: "low", told: true } }
  expect(responsesOutbound.writeRequest(request, {}, new Losses())).toEqual({
    model: "m",
    input: [],
    reasoning: { effort: "low", summary: "auto" },
    store: false,
    include: ["reasoning.encrypted_content"],
  })
})

test("no request and no answer of any format is too much for a response", () => {
  fc.assert(
    fc.property(anyRequest(), anyAnswer(), (request, answer) => {
      responsesOutbound.writeRequest(request, {}, new Losses())
      responsesInbound.writeAnswer(answer, request, new Losses())
    }),
    { numRuns: 40 },
  )
})

describe("what a response cannot say", () => {
  const answer = (parts: readonly AnswerPart[], change: Partial<ChatAnswer> = {}): ChatAnswer => ({
    id: "r",
    model: "m",
    created: 0,
    choices: [{ parts, stop: "end" }],
    ...change,
  })
  const table: readonly (readonly [what: string, answer: ChatAnswer])[] = [
    [
      "choices",
      answer([], {
        choices: [
          { parts: [], stop: "end" },
          { parts: [], stop: "end" },
        ],
      }),
    ],
    ["x", answer([], { extras: { format: "openai-chat", members: { x: 1 } } })],
    ["usage.cacheWriteHour", answer([], { usage: { ...NO_USAGE, cacheWriteHour: 1 } })],
    ["usage.audioInput", answer([], { usage: { ...NO_USAGE, audioInput: 1 } })],
    ["usage.audioOutput", answer([], { usage: { ...NO_USAGE, audioOutput: 1 } })],
    ["stop sequence", answer([], { choices: [{ parts: [], stop: "stop-sequence", stopDetail: "END" }] })],
    ["stop reason", answer([], { choices: [{ parts: [], stop: "filtered", stopDetail: "SPII" }] })],
    ["citations", answer([{ kind: "text", text: "t", citations: [{ document: 1 }] }])],
    ["citations.quote", answer([{ kind: "text", text: "t", citations: [{ url: "u", quote: "q" }] }])],
    ["citations.document", answer([{ kind: "text", text: "t", citations: [{ url: "u", document: 1 }] }])],
    ["search", answer([own])],
    ["media", answer([{ kind: "made", medium: { kind: "inline", type: "audio/wav", data: "" } }])],
    ["transcript", answer([{ kind: "made", medium: { ...file, type: "image/png" }, transcript: "t" }])],
    ["signature", answer([{ kind: "reasoning", text: "t", signature: "s" }])],
    [
      "logprobs",
      answer([], {
        choices: [{ parts: [], stop: "end", logprobs: [{ token: "a", logprob: 0, bytes: null, top: [] }] }],
      }),
    ],
  ]
  test.each(table)("%s is named", (what, told) => {
    const losses = new Losses()
    responsesInbound.writeAnswer(told, BASE, losses)
    expect(losses.list().map((it) => it.what)).toEqual([what])
  })
})
