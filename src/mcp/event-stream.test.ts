import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { EventReader, eventOf } from "./event-stream.ts"

function readAll(text: string, cuts: readonly number[]): readonly { data: string; id: string }[] {
  const bytes = Buffer.from(text)
  const events: { data: string; id: string }[] = []
  const reader = new EventReader((it) => events.push(it))
  const at = [...new Set(cuts.map((it) => it % (bytes.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const to of [...at, bytes.length]) {
    reader.push(bytes.subarray(from, to))
    from = to
  }
  return events
}

const line = fc.constantFrom(
  "data: a",
  "data:é€",
  "data:",
  ": comment",
  "id: 7",
  "id",
  "event: message",
  "retry: 10",
  "",
  "",
)
const end = fc.constantFrom("\n", "\r\n", "\r")

describe("a stream of events", () => {
  test("says the same in whatever pieces it comes", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end)), fc.array(fc.nat()), (lines, cuts) => {
        const text = lines.map(([it, by]) => it + by).join("")
        expect(readAll(text, cuts)).toEqual(readAll(text, []))
      }),
    )
  })

  test("gives back what was written as events", () => {
    fc.assert(
      fc.property(fc.array(fc.json()), fc.array(fc.nat()), (messages, cuts) => {
        expect(readAll(messages.map(eventOf).join(""), cuts).map(({ data }) => data)).toEqual(messages)
      }),
    )
  })

  test("joins lines of data, keeps the last id, and drops what no empty line ends", () => {
    expect(readAll("\ufeffid: 1\ndata: a\ndata: b\n\ndata: c\n\ndata: d", [])).toEqual([
      { data: "a\nb", id: "1" },
      { data: "c", id: "1" },
    ])
  })

  test("that has no ends is given up", () => {
    const reader = new EventReader(() => undefined)
    const much = Buffer.alloc(16 * 1024 * 1024, "x")
    expect([reader.push(much), reader.push(much), reader.push(much)]).toEqual([true, true, false])
  })
})
