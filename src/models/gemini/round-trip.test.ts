import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { Fold, type Folded } from "../form/fold.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { expressibleAnswer, expressibleRequest } from "./expressible.fixture.ts"
import { geminiInbound } from "./inbound.ts"
import { geminiOutbound } from "./outbound.ts"

const ASKED: ChatRequest = {
  model: "m",
  system: [],
  turns: [],
  tools: [],
  output: { kind: "text" },
  stop: [],
  stream: true,
  streamUsage: true,
}

/** As it goes over the wire. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value))

function read(pieces: readonly Uint8Array[]): Folded {
  const fold = new Fold()
  const reader = geminiOutbound.reader()
  for (const piece of pieces) reader.read(piece, (it) => fold.add(it))
  reader.close((it) => fold.add(it))
  return fold.result()
}

describe("what can be said in a request to Gemini", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(expressibleRequest, (request) => {
        const losses = new Losses()
        const written = sent(geminiOutbound.writeRequest(request, {}, losses))
        const { model, stream } = request
        expect(geminiInbound.readRequest(written, { model, stream })).toEqual(request)
        expect(losses.list()).toEqual([])
      }),
    )
  })
})

describe("what can be said in an answer of Gemini", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(expressibleAnswer, (answer) => {
        const losses = new Losses()
        const written = sent(geminiInbound.writeAnswer(answer, ASKED, losses))
        expect(geminiOutbound.readAnswer(written)).toEqual(answer)
        expect(losses.list()).toEqual([])
      }),
    )
  })

  test("is the same as a stream, however its bytes are split", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.array(fc.nat(), { maxLength: 12 }), (answer, cuts) => {
        const writer = geminiInbound.writer(ASKED, new Losses())
        const bytes = Buffer.from([...unfold(answer)].map((it) => writer.write(it)).join(""))
        expect(read(cutAt(bytes, cuts))).toEqual({ kind: "whole", answer })
      }),
    )
  })

  test("is the same as an array of answers", () => {
    fc.assert(
      fc.property(expressibleAnswer, (answer) => {
        const writer = geminiInbound.writer(ASKED, new Losses(), { framing: "json-array" })
        const array: unknown = JSON.parse([...unfold(answer)].map((it) => writer.write(it)).join(""))
        const chunks = Array.isArray(array) ? array : []
        const bytes = Buffer.from(chunks.map((it) => `data: ${JSON.stringify(it)}\n\n`).join(""))
        expect(read([bytes])).toEqual({ kind: "whole", answer })
      }),
    )
  })

  test("is cut where its stream is cut anywhere before its last event", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.nat(), (answer, cut) => {
        const writer = geminiInbound.writer(ASKED, new Losses())
        const texts = [...unfold(answer)].map((it) => writer.write(it))
        const before = Buffer.from(texts.slice(0, -1).join(""))
        expect(read([before.subarray(0, cut % (before.length + 1))]).kind).toBe("cut")
      }),
    )
  })

  test("gives its tap the usage, and that it was whole", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.array(fc.nat(), { maxLength: 5 }), (answer, cuts) => {
        const writer = geminiInbound.writer(ASKED, new Losses())
        const bytes = Buffer.from([...unfold(answer)].map((it) => writer.write(it)).join(""))
        const tap = geminiOutbound.tap()
        for (const piece of cutAt(bytes, cuts)) tap.read(piece)
        expect(tap.seen).toEqual({ usage: answer.usage, isWhole: true, error: undefined })
      }),
    )
  })
})
