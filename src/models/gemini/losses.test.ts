import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { ChatAnswer } from "../form/answer.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import type { AnswerPart, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { NO_USAGE } from "../form/usage.ts"
import { geminiInbound } from "./inbound.ts"
import { geminiOutbound } from "./outbound.ts"

const BASE: ChatRequest = {
  model: "gemini-3-pro",
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: false,
  streamUsage: true,
}

function lost(change: Partial<ChatRequest>): string {
  const losses = new Losses()
  geminiOutbound.writeRequest({ ...BASE, ...change }, {}, losses)
  return losses
    .list()
    .map((it) => it.what)
    .join()
}

const asked = (...parts: readonly UserPart[]): Partial<ChatRequest> => ({ turns: [{ role: "user", parts }] })
const said = (...parts: readonly AnswerPart[]): Partial<ChatRequest> => ({ turns: [{ role: "assistant", parts }] })
const cache = { hour: false }
const pdf = { kind: "inline" as const, type: "application/pdf", data: "aGk=" }
const own = { kind: "opaque" as const, format: "anthropic" as const, what: "search", value: {} }

describe("what a request to Gemini cannot say", () => {
  const table: readonly (readonly [what: string, change: Partial<ChatRequest>])[] = [
    ["minP", { minP: 0.1 }],
    ["logitBias", { logitBias: {} }],
    ["parallelTools", { parallelTools: false }],
    ["audio", { audio: {} }],
    ["user", { user: "u" }],
    ["metadata", { metadata: {} }],
    ["serviceTier", { serviceTier: "scale" }],
    ["stop", { stop: ["1", "2", "3", "4", "5", "6"] }],
    ["logit_x", { extras: { format: "openai-chat", members: { logit_x: 1 } } }],
    ["reasoning effort", { reasoning: { effort: "max" } }],
    ["reasoning effort", { reasoning: { effort: "none" } }],
    ["reasoning effort", { reasoning: { effort: "low", budget: 5 } }],
    ["schema description", { output: { kind: "schema", name: "a", schema: {}, description: "d" } }],
    ["schema.not", { output: { kind: "schema", name: "a", schema: { not: {} } } }],
    ["strict", { tools: [{ kind: "function", name: "f", strict: true }] }],
    ["cache marks", { tools: [{ kind: "function", name: "f", cache }] }],
    ["web", { tools: [{ kind: "provider", format: "anthropic", what: "web", value: {} }] }],
    ["cache marks", { system: [{ kind: "text", text: "s", cache }] }],
    ["place of later instructions", { turns: [{ role: "system", parts: [{ kind: "text", text: "s" }] }] }],
    ["name", { turns: [{ role: "user", parts: [], name: "n" }] }],
    ["name", { turns: [{ role: "assistant", parts: [], name: "n" }] }],
    ["cache marks", asked({ kind: "text", text: "t", cache })],
    ["cache marks", asked({ kind: "image", medium: pdf, cache })],
    ["detail", asked({ kind: "image", medium: pdf, detail: "high" })],
    ["document.context", asked({ kind: "document", medium: pdf, context: "c" })],
    ["document.cited", asked({ kind: "document", medium: pdf, cited: true })],
    ["search", asked(own)],
    ["search", said(own)],
    ["citations", said({ kind: "text", text: "t", citations: [{}] })],
    ["cache marks", said({ kind: "text", text: "t", cache })],
    ["cache marks", said({ kind: "tool-call", id: "1", name: "f", arguments: "{}", cache })],
    ["tool call arguments", said({ kind: "tool-call", id: "1", name: "f", arguments: "[1]" })],
    ["reasoning", said({ kind: "reasoning", text: "t", signature: "s", format: "anthropic" })],
    ["reasoning", said({ kind: "reasoning", text: "", redacted: "s", format: "anthropic" })],
    ["transcript", said({ kind: "made", medium: pdf, transcript: "t" })],
    ["id of media", said({ kind: "made", medium: pdf, id: "t" })],
    ["cache marks", { turns: [{ role: "tool", results: [{ id: "1", parts: [], isError: false, cache }] }] }],
    ["search", { turns: [{ role: "tool", results: [{ id: "1", parts: [own], isError: false }] }] }],
  ]
  test.each(table)("%s is named", (what, change) => expect(lost(change)).toBe(what))
})

test("no request and no answer of any format is too much for Gemini", () => {
  fc.assert(
    fc.property(anyRequest(), anyAnswer(), (request, answer) => {
      geminiOutbound.writeRequest(request, {}, new Losses())
      geminiInbound.writeAnswer(answer, request, new Losses())
      const writer = geminiInbound.writer(request, new Losses())
      for (const event of unfold(answer)) writer.write(event)
    }),
    { numRuns: 40 },
  )
})

test("a model that wants calls signed gets those that no Gemini model made without a check", () => {
  const call = { kind: "tool-call" as const, id: "1", name: "f", arguments: "{}" }
  const request = { ...BASE, ...said(call, { ...call, id: "2" }) }
  expect(geminiOutbound.writeRequest(request, {}, new Losses())).toMatchObject({
    contents: [
      {
        parts: [
          { functionCall: { id: "1" }, thoughtSignature: "skip_thought_signature_validator" },
          { functionCall: { id: "2" } },
        ],
      },
    ],
  })
  const older = geminiOutbound.writeRequest({ ...request, model: "gemini-2.5-pro" }, {}, new Losses())
  expect(JSON.stringify(older)).not.toContain("thoughtSignature")
})

describe("what an answer of Gemini cannot say", () => {
  const answer = (parts: readonly AnswerPart[], change: Partial<ChatAnswer> = {}): ChatAnswer => ({
    id: "r",
    model: "m",
    created: 0,
    choices: [{ parts, stop: "end" }],
    ...change,
  })
  const table: readonly (readonly [what: string, answer: ChatAnswer])[] = [
    ["serviceTier", answer([], { serviceTier: "flex" })],
    ["x", answer([], { extras: { format: "openai-chat", members: { x: 1 } } })],
    ["usage.cacheWrite", answer([], { usage: { ...NO_USAGE, cacheWrite: 1 } })],
    ["usage.cacheWriteHour", answer([], { usage: { ...NO_USAGE, cacheWriteHour: 1 } })],
    ["stop sequence", answer([], { choices: [{ parts: [], stop: "stop-sequence", stopDetail: "END" }] })],
    ["citations", answer([{ kind: "text", text: "t", citations: [{ document: 1 }] }])],
    ["citations.quote", answer([{ kind: "text", text: "t", citations: [{ url: "u", quote: "q" }] }])],
    ["citations.document", answer([{ kind: "text", text: "t", citations: [{ url: "u", document: 1 }] }])],
    ["tool call arguments", answer([{ kind: "tool-call", id: "1", name: "f", arguments: "{" }])],
    ["search", answer([own])],
    ["transcript", answer([{ kind: "made", medium: pdf, transcript: "t" }])],
    ["id of media", answer([{ kind: "made", medium: pdf, id: "i" }])],
  ]
  test.each(table)("%s is named, whole and in a stream", (what, told) => {
    const whole = new Losses()
    geminiInbound.writeAnswer(told, BASE, whole)
    expect(whole.list().map((it) => it.what)).toEqual([what])
    const streamed = new Losses()
    const writer = geminiInbound.writer(BASE, streamed)
    for (const event of unfold(told)) writer.write(event)
    expect(streamed.list()).toEqual(whole.list())
  })
})
