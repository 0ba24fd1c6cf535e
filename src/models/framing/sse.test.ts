import { expect, test } from "bun:test"
import fc from "fast-check"
import { SseFrames } from "./sse.ts"

type Told = readonly [event: string, data: string]

function read(pieces: readonly Uint8Array[]): readonly Told[] {
  const told: Told[] = []
  const frames = new SseFrames((event, data) => told.push([event, data]))
  for (const it of pieces) frames.push(it)
  frames.close()
  return told
}

function split(bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const at = [0, ...cuts.map((it) => it % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((to, i) => bytes.slice(at[i], to))
}

/** What the specification's own parsing steps (WHATWG HTML §9.2.6) make of the whole text. */
function bySpecification(text: string): readonly Told[] {
  const told: Told[] = []
  let event = ""
  let data: string[] = []
  for (const line of [...text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/), ""]) {
    if (line === "") {
      if (data.length > 0) told.push([event, data.join("\n")])
      event = ""
      data = []
      continue
    }
    const colon = line.indexOf(":")
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "")
    if (name === "event") event = value
    else if (name === "data") data.push(value)
  }
  return told
}

const line = fc.oneof(
  fc.constantFrom("", "", ": ping", "id: 7", "retry: 10", "data", "data:", "event: done", "data: [DONE]", "x"),
  fc.string({ unit: "grapheme", maxLength: 12 }).map((it) => `data: ${it.replace(/[\r\n]/g, "")}`),
)

test("events are what the specification makes of the text, however its bytes are split", () => {
  const ended = fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")).map(([text, end]) => text + end)
  fc.assert(
    fc.property(
      fc.array(ended, { maxLength: 12 }),
      fc.boolean(),
      fc.array(fc.nat(), { maxLength: 20 }),
      (lines, marked, cuts) => {
        const text = (marked ? "\ufeff" : "") + lines.join("")
        expect(read(split(Buffer.from(text), cuts))).toEqual(bySpecification(text))
      },
    ),
    { numRuns: 2000 },
  )
})

test("a last event without its empty line is given at the end, as some providers forget it", () => {
  expect(read([Buffer.from("data: a\n\ndata: b")])).toEqual([
    ["", "a"],
    ["", "b"],
  ])
})

test("an event without an end is refused before it fills the memory", () => {
  const frames = new SseFrames(() => undefined)
  const mebibyte = Buffer.alloc(1024 * 1024, "x")
  expect(() => {
    for (let i = 0; i < 20; i++) frames.push(mebibyte)
  }).toThrow("at most 16 MiB")
})
