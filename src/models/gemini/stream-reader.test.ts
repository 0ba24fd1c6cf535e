import { describe, expect, test } from "bun:test"
import { cutAt } from "../form/any.fixture.ts"
import { Fold, type Folded } from "../form/fold.ts"
import type { JsonObject } from "../json.ts"
import { geminiOutbound } from "./outbound.ts"

function read(pieces: readonly Uint8Array[]): Folded {
  const fold = new Fold()
  const reader = geminiOutbound.reader()
  for (const piece of pieces) reader.read(piece, (it) => fold.add(it))
  reader.close((it) => fold.add(it))
  return fold.result()
}

const bytesOf = (...chunks: readonly JsonObject[]): Buffer =>
  Buffer.from(chunks.map((it) => `data: ${JSON.stringify(it)}\r\n\r\n`).join(""))

const chunk = (parts: readonly JsonObject[], more: JsonObject = {}, top: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { parts, role: "model" }, index: 0, ...more }],
  modelVersion: "gemini-3-pro",
  responseId: "r1",
  ...top,
})

/** As https://ai.google.dev/gemini-api/docs/thought-signatures describes the streams of thinking models. */
const THINKING = bytesOf(
  chunk([{ text: "Let me ", thought: true }]),
  chunk([{ text: "see. é", thought: true }]),
  chunk([{ text: "The weather " }]),
  chunk([{ text: "is" }, { functionCall: { name: "f", args: { city: "Paris" } }, thoughtSignature: "c2ln" }]),
  chunk([{ functionCall: { name: "f", args: {} } }], { finishReason: "STOP" }),
  {
    usageMetadata: {
      promptTokenCount: 10,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 7,
      toolUsePromptTokenCount: 2,
      cachedContentTokenCount: 3,
      promptTokensDetails: [{ modality: "AUDIO", tokenCount: 4 }],
      totalTokenCount: 24,
    },
  },
)

describe("a stream of Gemini", () => {
  test("is the same for every split into two pieces, and byte by byte", () => {
    const expected = read([THINKING])
    expect(expected).toEqual({
      kind: "whole",
      answer: {
        id: "r1",
        model: "gemini-3-pro",
        created: 0,
        choices: [
          {
            parts: [
              { kind: "reasoning", text: "Let me see. é", format: "gemini" },
              { kind: "text", text: "The weather is" },
              { kind: "tool-call", id: "call_r1_0", name: "f", arguments: '{"city":"Paris"}', signature: "c2ln" },
              { kind: "tool-call", id: "call_r1_1", name: "f", arguments: "{}" },
            ],
            stop: "tool-calls",
          },
        ],
        usage: {
          input: 12,
          output: 12,
          cachedInput: 3,
          cacheWrite: 0,
          cacheWriteHour: 0,
          reasoning: 7,
          audioInput: 4,
          audioOutput: 0,
        },
      },
    })
    for (let at = 0; at <= THINKING.length; at++) expect(read(cutAt(THINKING, [at]))).toEqual(expected)
    expect(read(Array.from(THINKING, (it) => Uint8Array.of(it)))).toEqual(expected)
  })

  test("with a reason in every chunk, as old models tell it, is whole with its last one", () => {
    const bytes = bytesOf(
      chunk([{ text: "a" }], { finishReason: "STOP" }),
      chunk([{ text: "b" }], { finishReason: "MAX_TOKENS" }),
    )
    expect(read([bytes])).toMatchObject({
      kind: "whole",
      answer: { choices: [{ parts: [{ text: "ab" }], stop: "length" }] },
    })
  })

  test("tells where grounded passages come from, in units of its text", () => {
    const groundingMetadata = {
      groundingChunks: [{ web: { uri: "https://a.example/", title: "a.example" } }],
      groundingSupports: [{ segment: { startIndex: 5, endIndex: 10, text: "Spain" }, groundingChunkIndices: [0] }],
      webSearchQueries: ["q"],
    }
    const streamed = read([
      bytesOf(chunk([{ text: "é 👍" }]), chunk([{ text: "Spain" }], { finishReason: "STOP", groundingMetadata })),
    ])
    expect(streamed).toMatchObject({ kind: "whole", answer: { extras: { members: { groundingMetadata } } } })
    const cited = read([
      bytesOf(
        chunk([{ text: "é👍 Spain" }], {
          finishReason: "STOP",
          groundingMetadata: {
            ...groundingMetadata,
            groundingSupports: [
              { segment: { startIndex: 7, endIndex: 12, text: "Spain" }, groundingChunkIndices: [0, 9] },
            ],
          },
        }),
      ),
    ])
    expect(cited.answer.choices[0]?.parts).toMatchObject([
      { citations: [{ from: 4, to: 9, quote: "Spain", url: "https://a.example/", title: "a.example" }] },
    ])
  })

  test("of a blocked prompt is an answer that was filtered", () => {
    const blocked = { promptFeedback: { blockReason: "SAFETY" }, modelVersion: "m", responseId: "r" }
    const answer = geminiOutbound.readAnswer(blocked)
    expect(answer.choices).toEqual([{ parts: [], stop: "filtered", stopDetail: "SAFETY" }])
    expect(read([bytesOf(blocked)])).toEqual({ kind: "whole", answer })
  })

  test("keeps an image with what signs it", () => {
    const parts = [{ inlineData: { mimeType: "image/png", data: "aGk=" }, thoughtSignature: "c2ln" }]
    const { choices } = geminiOutbound.readAnswer(chunk(parts, { finishReason: "STOP" }))
    expect(choices[0]?.parts).toEqual([
      { kind: "made", medium: { kind: "inline", type: "image/png", data: "aGk=" } },
      { kind: "text", text: "", signature: "c2ln" },
    ])
  })

  test("that fails is an error with the status it tells", () => {
    const error = {
      code: 503,
      message: "The model is overloaded.",
      status: "UNAVAILABLE",
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "OVERLOADED" }],
    }
    const folded = read([bytesOf(chunk([{ text: "a" }]), { error }, chunk([{ text: "b" }], { finishReason: "STOP" }))])
    expect(folded).toMatchObject({
      kind: "error",
      error: { status: 503, message: "The model is overloaded.", type: "UNAVAILABLE", code: "OVERLOADED" },
    })
  })

  test("of another format is a fault, and so is a candidate no model would number so", () => {
    expect(() => read([Buffer.from("data: [1]\n\n")])).toThrow("a stream whose events are JSON objects")
    expect(() => read([bytesOf(chunk([], { index: 1e9 }))])).toThrow("candidates[].index")
    expect(() => geminiOutbound.readAnswer({ choices: [] })).toThrow("candidates")
  })
})
