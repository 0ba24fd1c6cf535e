import { describe, expect, test } from "bun:test"
import fc, { type Arbitrary } from "fast-check"
import { DIALECTS } from "../codec.ts"
import { INBOUND, OUTBOUND } from "../codecs.ts"
import { anyAnswer } from "../form/any.fixture.ts"
import type { AnswerPart, Turn, UserPart } from "../form/content.ts"
import { Losses } from "../form/losses.ts"
import type { ChatRequest } from "../form/request.ts"
import { unfold } from "../form/unfold.ts"
import type { Json } from "../json.ts"
import { expressibleRequest as expressibleResponse } from "../openai-responses/expressible.fixture.ts"
import { WIRE_FORMATS } from "../wire-format.ts"
import { expressibleRequest as expressibleGemini } from "./expressible.fixture.ts"

const ASKED: readonly (readonly [dialect: "gemini" | "openai-responses", request: Arbitrary<ChatRequest>])[] = [
  ["gemini", expressibleGemini],
  ["openai-responses", expressibleResponse],
]

/** Every text in a value, and those in texts that are JSON themselves. */
function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value, ...textsIn(value)]
  if (typeof value !== "object" || value === null) return []
  return Object.values(value).flatMap((it) => textsOf(it))
}

function textsIn(text: string): readonly string[] {
  if (text.startsWith("data:")) return [text.slice(text.indexOf(",") + 1)]
  if (!text.startsWith("{")) return []
  try {
    return textsOf(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

/** What people and models said, word for word. */
const saidIn = (turns: readonly Turn[]): readonly string[] =>
  turns.flatMap((turn) => {
    if (turn.role === "tool") return turn.results.flatMap((it) => it.parts.flatMap(wordsOf))
    const parts: readonly (UserPart | AnswerPart)[] = turn.parts
    return parts.flatMap(wordsOf)
  })

function wordsOf(part: UserPart | AnswerPart): readonly string[] {
  if (part.kind === "text" || part.kind === "reasoning" || part.kind === "refusal") return [part.text]
  return part.kind === "tool-call" ? [part.name] : []
}

describe.each([...ASKED])("a request asked as for %s", (dialect, arbitrary) => {
  test.each([...WIRE_FORMATS])("reaches %s with every word, or it is told what is lost", (format) => {
    fc.assert(
      fc.property(arbitrary, (request) => {
        const losses = new Losses()
        const written = OUTBOUND[dialect].writeRequest(request, {}, new Losses())
        const { model, stream } = request
        const read = INBOUND[dialect].readRequest(written, { model, stream })
        const texts = textsOf(OUTBOUND[format].writeRequest(read, {}, losses)).join("\u0000")
        const missing = [...read.system.map((it) => it.text), ...saidIn(read.turns)].filter((it) => !texts.includes(it))
        if (losses.isEmpty) expect(missing).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

test("an answer of any format can be told in every dialect, whole and as a stream", () => {
  fc.assert(
    fc.property(fc.constantFrom(...DIALECTS), fc.constantFrom(...WIRE_FORMATS), fc.gen(), (dialect, format, g) => {
      const answer = g(() => anyAnswer({ format }))
      const request = g(() => expressibleGemini)
      const writer = INBOUND[dialect].writer(request, new Losses())
      expect(JSON.stringify(INBOUND[dialect].writeAnswer(answer, request, new Losses()))).toStartWith("{")
      expect([...unfold(answer)].map((it) => writer.write(it)).join("")).not.toBe("")
    }),
  )
})
