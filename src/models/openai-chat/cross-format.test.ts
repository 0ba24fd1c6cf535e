import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import type { Inbound, Outbound } from "../codec.ts"
import { INBOUND, OUTBOUND } from "../codecs.ts"
import { anyAnswer, anyRequest } from "../form/any.fixture.ts"
import { Losses } from "../form/losses.ts"
import { unfold } from "../form/unfold.ts"
import { parseObject } from "../json.ts"
import { chatInbound } from "./inbound.ts"
import { chatOutbound } from "./outbound.ts"
import { isChat } from "./own.ts"

const outbounds: readonly Outbound[] = Object.values(OUTBOUND)
const inbounds: readonly Inbound[] = Object.values(INBOUND)

/** Requests as OpenAI's chat has them on the wire, with members only it knows. */
const bodies = anyRequest({
  userParts: ["text", "image", "document", "audio", "video"],
  answerParts: ["text", "reasoning", "tool-call", "refusal", "made"],
})
  .map((it) => chatOutbound.writeRequest(it, { topK: true }, new Losses()))
  .map((it) => parseObject(JSON.stringify({ ...it, store: true })) ?? {})

describe.each(outbounds.map((it) => [it.format, it] as const))("a request of OpenAI's chat", (format, outbound) => {
  test(`is written for ${format}, and what only OpenAI's chat knows is named`, () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const losses = new Losses()
        const written = outbound.writeRequest(chatInbound.readRequest(body, {}), {}, losses)
        if (isChat(format)) expect(written).toMatchObject({ store: true })
        else expect(losses.list().map(({ what }) => what)).toContain("store")
      }),
      { numRuns: 30 },
    )
  })
})

describe.each(inbounds.map((it) => [it.dialect, it] as const))("an answer of any format", (dialect, inbound) => {
  test(`is told in ${dialect}, whole and streamed`, () => {
    fc.assert(
      fc.property(anyRequest(), anyAnswer({ format: "cohere" }), (request, answer) => {
        inbound.writeAnswer(answer, request, new Losses())
        const writer = inbound.writer(request, new Losses())
        for (const it of unfold(answer)) expect(typeof writer.write(it)).toBe("string")
      }),
      { numRuns: 30 },
    )
  })
})
