import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { SseFrames } from "./sse.ts"
import { WholeEvents } from "./whole-events.ts"

/** The bytes in pieces, split at the places drawn. */
const split = (bytes: Buffer, cuts: readonly number[]): readonly Buffer[] => {
  const at = [0, ...cuts.map((it) => it % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
}

const line = fc.oneof(
  fc.constant(""),
  fc.constant(": ping"),
  fc.constant("event: a"),
  fc.string({ unit: "grapheme", maxLength: 8 }).map((it) => `data: ${it.replace(/[\r\n]/g, "")}`),
)
const stream = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"))
  .map(([lines, end]) => Buffer.from(lines.map((it) => it + end).join("")))
const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 8 })

function eventsIn(bytes: Uint8Array): readonly string[] {
  const events: string[] = []
  const frames = new SseFrames((event, data) => events.push(`${event} ${data}`))
  frames.push(bytes)
  return events
}

describe("whole events", () => {
  test("come with every byte as it was, however they are split", () =>
    fc.assert(
      fc.property(stream, cuts, (bytes, places) => {
        const whole = new WholeEvents()
        const given = split(bytes, places).map((it) => Buffer.from(whole.push(it)))
        expect(Buffer.concat([...given, whole.close()]).equals(bytes)).toBe(true)
      }),
    ))

  test("are never given in part: what came so far has the events of what was given, and no line of another", () =>
    fc.assert(
      fc.property(stream, cuts, (bytes, places) => {
        const whole = new WholeEvents()
        let given = Buffer.alloc(0)
        for (const piece of split(bytes, places)) {
          given = Buffer.concat([given, Buffer.from(whole.push(piece))])
          const told = Buffer.concat([given, Buffer.from("event: error\ndata: x\n\n")])
          expect(eventsIn(told)).toEqual([...eventsIn(given), "error x"])
        }
      }),
    ))

  test("are given at once when they are whole, comments too", () => {
    const whole = new WholeEvents()
    expect(whole.push(Buffer.from("data: a\n\ndata: b")).toString()).toBe("data: a\n\n")
    expect(whole.push(Buffer.from("\n")).toString()).toBe("")
    expect(whole.push(Buffer.from("\n: ping\n")).toString()).toBe("data: b\n\n: ping\n")
    expect(whole.close().toString()).toBe("")
  })
})
