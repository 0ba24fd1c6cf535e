import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { Fold } from "../form/fold.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { objectOf, parseJson } from "../json.ts"
import { adaptiveRequest, budgetRequest, sayableAnswer } from "./expressible.fixture.ts"
import { anthropicInbound } from "./inbound.ts"
import { anthropicOutbound } from "./outbound.ts"

/** As it goes over the wire. */
const sent = (value: unknown) => objectOf(parseJson(JSON.stringify(value))) ?? {}

describe("what Anthropic's format can say is the same after it was written and read, and nothing is told as lost", () => {
  for (const [name, requests] of [
    ["requests for models that think by budget", budgetRequest],
    ["requests for models that think by effort", adaptiveRequest],
  ] as const)
    test(name, () => {
      fc.assert(
        fc.property(requests, (request) => {
          const losses = new Losses()
          const body = sent(anthropicOutbound.writeRequest(request, {}, losses))
          expect(anthropicInbound.readRequest(body, {})).toEqual(request)
          expect(losses.list()).toEqual([])
        }),
        { numRuns: 200 },
      )
    })

  test("whole answers", () => {
    fc.assert(
      fc.property(sayableAnswer, budgetRequest, (answer, request) => {
        const losses = new Losses()
        expect(anthropicOutbound.readAnswer(sent(anthropicInbound.writeAnswer(answer, request, losses)))).toEqual(
          answer,
        )
        expect(losses.list()).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test("answers in a stream, however its bytes are split", () => {
    fc.assert(
      fc.property(sayableAnswer, budgetRequest, fc.array(fc.nat(), { maxLength: 20 }), (answer, request, cuts) => {
        const losses = new Losses()
        const writer = anthropicInbound.writer(request, losses)
        const text = [...unfold(answer)].map((it) => writer.write(it)).join("")
        const reader = anthropicOutbound.reader()
        const tap = anthropicOutbound.tap()
        const fold = new Fold()
        for (const it of cutAt(Buffer.from(text), cuts)) {
          reader.read(it, (event) => fold.add(event))
          tap.read(it)
        }
        reader.close((event) => fold.add(event))
        expect(fold.result()).toEqual({ kind: "whole", answer })
        expect(tap.seen).toEqual({ usage: answer.usage, isWhole: true, error: undefined })
        expect(losses.list()).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
