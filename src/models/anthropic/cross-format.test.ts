import { expect, test } from "bun:test"
import fc from "fast-check"
import { OUTBOUND } from "../codecs.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import { type JsonObject, objectOf, parseJson } from "../json.ts"
import { WIRE_FORMATS } from "../wire-format.ts"
import { adaptiveRequest, budgetRequest } from "./expressible.fixture.ts"
import { anthropicInbound } from "./inbound.ts"
import { anthropicOutbound } from "./outbound.ts"

const sent = (value: JsonObject): JsonObject => objectOf(parseJson(JSON.stringify(value))) ?? {}

/** As a caller of Anthropic's dialect asks it. */
const asked = fc
  .oneof(budgetRequest, adaptiveRequest)
  .map((it) => anthropicInbound.readRequest(sent(anthropicOutbound.writeRequest(it, {}, new Losses())), {}))

/** Texts that have to stand in what is written, whatever the format; blank ones are refused by some. */
function* textsOf({ system, turns }: ChatRequest): Generator<string> {
  for (const it of system) yield it.text
  for (const turn of turns) {
    const parts = turn.role === "tool" ? turn.results.flatMap((it) => it.parts) : turn.parts
    for (const part of parts) if (part.kind === "text" && part.text.trim() !== "") yield part.text
    if (turn.role === "assistant") for (const it of turn.parts) if (it.kind === "tool-call") yield it.name
  }
}

for (const format of WIRE_FORMATS)
  test(`a request in Anthropic's dialect reaches ${format} with every text and call, and a note of what only Anthropic knows`, () => {
    fc.assert(
      fc.property(asked, (request) => {
        const losses = new Losses()
        const body = JSON.stringify(OUTBOUND[format].writeRequest(request, {}, losses))
        for (const it of textsOf(request)) if (it.trim() !== "") expect(body).toContain(JSON.stringify(it).slice(1, -1))
        if (format === "anthropic") return
        const told = losses.list().map(({ what }) => what)
        expect(told).toEqual(expect.arrayContaining(Object.keys(request.extras?.members ?? {})))
        for (const turn of request.turns)
          for (const part of turn.role === "tool" ? [] : turn.parts)
            if (part.kind === "opaque") expect(told.some((it) => it.includes(part.what))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

test("whatever a request holds, both formats write it, and each option they do not have is told", () => {
  const options = [
    ["seed", "seed"],
    ["minP", "min_p"],
    ["logitBias", "logit_bias"],
    ["logprobs", "logprobs"],
    ["audio", "audio"],
    ["frequencyPenalty", "frequency_penalty"],
    ["presencePenalty", "presence_penalty"],
  ] as const
  fc.assert(
    fc.property(
      anyRequest(),
      fc.constantFrom("claude-opus-4-8", "claude-3-haiku", "amazon.nova", "x"),
      (any, model) => {
        for (const it of [OUTBOUND.anthropic, OUTBOUND.bedrock]) {
          const losses = new Losses()
          it.writeRequest({ ...any, model }, {}, losses)
          const told = losses.list().map(({ what }) => what)
          for (const [member, name] of options) if (any[member] !== undefined) expect(told).toContain(name)
        }
      },
    ),
  )
})

test("whatever an answer holds, it is told whole and in a stream with the same notes", () => {
  fc.assert(
    fc.property(anyAnswer({ format: "gemini" }), budgetRequest, (answer, request) => {
      const [whole, streamed] = [new Losses(), new Losses()]
      const body = anthropicInbound.writeAnswer(answer, request, whole)
      const writer = anthropicInbound.writer(request, streamed)
      const text = [...unfold(answer)].map((it) => writer.write(it)).join("")
      const names = (losses: Losses) => losses.list().map(({ what }) => what)
      const calls = "arguments of a tool call"
      expect(names(streamed).toSorted()).toEqual(
        names(whole)
          .filter((it) => it !== calls)
          .toSorted(),
      )
      expect(text.endsWith('event: message_stop\ndata: {"type":"message_stop"}\n\n')).toBe(true)
      const blocks = Array.isArray(body.content) ? body.content.length : 0
      expect(text.split("event: content_block_start\n").length - 1).toBe(blocks)
    }),
  )
})
