import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { ChatAnswer } from "../form/answer.ts"
import { anyAnswer, anyRequest, cutAt } from "../form/any.fixture.ts"
import type { StreamEvent } from "../form/events.ts"
import { Fold, type Folded } from "../form/fold.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { type JsonObject, parseObject } from "../json.ts"
import type { Quirks } from "../quirks.ts"
import { chatInbound } from "./inbound.ts"
import { asChat, choiceOf } from "./normal.fixture.ts"
import { chatOutbound } from "./outbound.ts"

const ALL: Quirks = { topK: true, reasoningDetails: true, cacheControl: true }
const sent = (body: JsonObject): JsonObject => parseObject(JSON.stringify(body)) ?? {}

const request: ChatRequest = {
  model: "m",
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: true,
  streamUsage: true,
}

const requests = anyRequest({
  userParts: ["text", "image", "document", "audio", "video"],
  answerParts: ["text", "reasoning", "tool-call", "refusal"],
  resultParts: ["text"],
  tools: ["function"],
  citations: false,
  failedResults: false,
}).map(asChat)

const answers = anyAnswer({
  answerParts: ["text", "reasoning", "tool-call", "refusal", "made"],
  media: ["inline", "address"],
  stops: ["end", "length", "tool-calls", "stop-sequence", "filtered", "refusal", "pause"],
})
  .map((it): ChatAnswer => ({ ...it, choices: it.choices.map(choiceOf) }))
  .filter(({ choices }) => choices.every(({ parts }) => parts.every(isCitedByAddress)))

function isCitedByAddress(part: ChatAnswer["choices"][number]["parts"][number]): boolean {
  if (part.kind !== "text") return true
  return (part.citations ?? []).every(({ url, raw }) => url !== undefined || raw !== undefined)
}

function folded(pieces: readonly Uint8Array[]): Folded {
  const fold = new Fold()
  const reader = chatOutbound.reader()
  const told: StreamEvent[] = []
  const to = (event: StreamEvent): void => {
    told.push(event)
    fold.add(event)
  }
  for (const it of pieces) reader.read(it, to)
  reader.close(to)
  expect(told.filter(({ kind }) => kind === "start").length).toBe(1)
  return fold.result()
}

function written(answer: ChatAnswer): Uint8Array {
  const writer = chatInbound.writer(request, new Losses())
  return Buffer.from([...unfold(answer)].map((it) => writer.write(it)).join(""))
}

describe("OpenAI's chat", () => {
  test("reads the request it has written", () => {
    fc.assert(
      fc.property(requests, (it) => {
        const losses = new Losses()
        const body = sent(chatOutbound.writeRequest(it, ALL, losses))
        expect(losses.list()).toEqual([])
        expect(chatInbound.readRequest(body, {})).toEqual(it)
      }),
      { numRuns: 150 },
    )
  })

  test("reads the answer it has written", () => {
    fc.assert(
      fc.property(answers, (it) => {
        const body = sent(chatInbound.writeAnswer(it, request, new Losses()))
        expect(chatOutbound.readAnswer(body)).toEqual(it)
      }),
      { numRuns: 150 },
    )
  })

  test("reads the stream it has written as the whole answer, however its bytes are split", () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(), { maxLength: 12 }), (it, cuts) => {
        expect(folded(cutAt(written(it), cuts))).toEqual({ kind: "whole", answer: it })
      }),
      { numRuns: 150 },
    )
  })

  test("sees of a stream that passes what its reader sees", () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(), { maxLength: 12 }), (it, cuts) => {
        const tap = chatOutbound.tap()
        for (const piece of cutAt(written(it), cuts)) tap.read(piece)
        expect(tap.seen).toEqual({ usage: it.usage, isWhole: true, error: undefined })
      }),
    )
  })
})
