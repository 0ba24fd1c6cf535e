import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { WholeEvents } from "../framing/whole-events.ts"
import { parseObject } from "../json.ts"
import { isUsageUnasked, withoutUsageChunk, withUsageAsked } from "./stream-usage.ts"

const asked = (text: string): string => {
  const body = parseObject(text)
  if (body === undefined) throw new Error("the test's own request is none")
  return withUsageAsked(Buffer.from(text), body).toString()
}

describe("asking for the usage of a stream", () => {
  test("changes nothing else, whatever stands in the request", () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat({ max: 3 }), (more, indent) => {
        const { stream_options: _, stream: __, ...rest } = more
        const text = JSON.stringify({ ...rest, stream: true }, null, indent)
        const json: unknown = JSON.parse(asked(text))
        expect(json).toEqual({ ...JSON.parse(text), stream_options: { include_usage: true } })
        expect(asked(text).replace('"stream_options":{"include_usage":true},', "")).toBe(text)
      }),
    ))

  test("keeps other options of the stream, and numbers too large for JavaScript", () => {
    expect(asked('{"seed":12345678901234567890,"stream_options":{"x":"é"},"stream":true}')).toBe(
      '{"seed":12345678901234567890,"stream_options":{"x":"\\u00e9","include_usage":true},"stream":true}',
    )
    expect(asked('{ "stream": true, "stream_options": null }')).toBe(
      '{ "stream": true, "stream_options":{"include_usage":true}}',
    )
  })

  test("is done for streams whose usage neither the caller asks for nor the provider tells by itself", () => {
    expect(isUsageUnasked({ stream: true }, {})).toBe(true)
    expect(isUsageUnasked({ stream: true, stream_options: { include_usage: false } }, {})).toBe(true)
    expect(isUsageUnasked({ stream: true, stream_options: { include_usage: true } }, {})).toBe(false)
    expect(isUsageUnasked({ stream: false }, {})).toBe(false)
    expect(isUsageUnasked({}, {})).toBe(false)
    expect(isUsageUnasked({ stream: true, stream_options: 7 }, {})).toBe(false)
    expect(isUsageUnasked({ stream: true }, { streamUsage: "always" })).toBe(false)
    expect(isUsageUnasked({ stream: true }, { streamUsage: "never" })).toBe(false)
    expect(isUsageUnasked({ stream: true }, { refuses: ["stream_options"] })).toBe(false)
  })
})

const event = (data: unknown, end: string): string => `data: ${JSON.stringify(data)}${end}${end}`
const USAGE = { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } }
/** What a stream may hold that stays, although it looks alike. */
const kept = fc.oneof(
  fc.string({ unit: "grapheme" }).map((content) => ({ choices: [{ index: 0, delta: { content } }], usage: null })),
  fc.constant({ choices: [{ index: 0, delta: { content: '"choices":[] "usage":{}' } }], usage: null }),
  fc.constant({ choices: [], prompt_filter_results: [] }),
  fc.constant({ choices: [], usage: null }),
  fc.constant({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }], usage: { prompt_tokens: 1 } }),
)

describe("the chunk that tells usage alone", () => {
  test("is taken out of a stream, and every other byte stays, however the stream is split", () =>
    fc.assert(
      fc.property(
        fc.array(kept, { maxLength: 6 }),
        fc.constantFrom("\n", "\r\n"),
        fc.nat({ max: 3 }),
        fc.array(fc.nat({ max: 2000 }), { maxLength: 12 }),
        (chunks, end, lines, cuts) => {
          const comment = `: ping${end.repeat(lines)}`
          const before = chunks.map((it) => event(it, end)).join("") + (lines === 0 ? "" : comment)
          const after = `data: [DONE]${end}${end}`
          const bytes = Buffer.from(before + event(USAGE, end) + after)
          const places = [0, ...cuts.map((it) => it % bytes.length).toSorted((a, b) => a - b), bytes.length]
          const events = new WholeEvents()
          const told = places
            .slice(1)
            .map((to, i) => Buffer.from(withoutUsageChunk(events.push(bytes.subarray(places[i], to)))))
          expect(Buffer.concat([...told, withoutUsageChunk(events.close())]).toString()).toBe(before + after)
        },
      ),
    ))
})
