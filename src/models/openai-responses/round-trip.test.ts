import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { Fold } from "../form/fold.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { expressibleAnswer, expressibleRequest } from "./expressible.fixture.ts"
import { responsesInbound } from "./inbound.ts"
import { responsesOutbound } from "./outbound.ts"

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

describe("what can be said in a request for a response", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(expressibleRequest, (request) => {
        const losses = new Losses()
        const written = sent(responsesOutbound.writeRequest(request, {}, losses))
        expect(responsesInbound.readRequest(written, {})).toEqual(request)
        expect(losses.list()).toEqual([])
      }),
    )
  })
})

describe("what can be said in a response", () => {
  test("is read as it was written", () => {
    fc.assert(
      fc.property(expressibleAnswer, (answer) => {
        const losses = new Losses()
        const written = sent(responsesInbound.writeAnswer(answer, ASKED, losses))
        expect(responsesOutbound.readAnswer(written)).toEqual(answer)
        expect(losses.list()).toEqual([])
      }),
    )
  })

  test("is the same as a stream, however its bytes are split", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.array(fc.nat(), { maxLength: 12 }), (answer, cuts) => {
        const writer = responsesInbound.writer(ASKED, new Losses())
        const bytes = Buffer.from([...unfold(answer)].map((it) => writer.write(it)).join(""))
        const fold = new Fold()
        const reader = responsesOutbound.reader()
        for (const piece of cutAt(bytes, cuts)) reader.read(piece, (it) => fold.add(it))
        reader.close((it) => fold.add(it))
        expect(fold.result()).toEqual({ kind: "whole", answer })
      }),
    )
  })

  test("is cut where its stream is cut anywhere before its last event", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.nat(), (answer, cut) => {
        const writer = responsesInbound.writer(ASKED, new Losses())
        const texts = [...unfold(answer)].map((it) => writer.write(it))
        const before = Buffer.from(texts.slice(0, -1).join(""))
        const fold = new Fold()
        const reader = responsesOutbound.reader()
        reader.read(before.subarray(0, cut % (before.length + 1)), (it) => fold.add(it))
        reader.close((it) => fold.add(it))
        expect(fold.result().kind).toBe("cut")
      }),
    )
  })

  test("gives its tap the usage, and that it was whole", () => {
    fc.assert(
      fc.property(expressibleAnswer, fc.array(fc.nat(), { maxLength: 5 }), (answer, cuts) => {
        const writer = responsesInbound.writer(ASKED, new Losses())
        const bytes = Buffer.from([...unfold(answer)].map((it) => writer.write(it)).join(""))
        const tap = responsesOutbound.tap()
        for (const piece of cutAt(bytes, cuts)) tap.read(piece)
        expect(tap.seen).toEqual({ usage: answer.usage, isWhole: true, error: undefined })
      }),
    )
  })
})
