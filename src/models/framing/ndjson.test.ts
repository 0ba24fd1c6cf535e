import { expect, test } from "bun:test"
import fc from "fast-check"
import { cutAt } from "../form/any.fixture.ts"
import { NdjsonLines } from "./ndjson.ts"

function read(pieces: readonly Uint8Array[]): readonly string[] {
  const told: string[] = []
  const lines = new NdjsonLines((line) => told.push(line))
  for (const it of pieces) lines.push(it)
  lines.close()
  return told
}

test("lines are told whole, however their bytes are split, and blank ones not at all", () => {
  const line = fc.oneof(fc.json(), fc.constantFrom("", " ", "\r", '{"a":"é👩‍👧"}\r'))
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), fc.array(fc.nat(), { maxLength: 20 }), (lines, isEnded, cuts) => {
      const text = lines.join("\n") + (isEnded ? "\n" : "")
      expect(read(cutAt(Buffer.from(text), cuts))).toEqual(lines.filter((it) => it.trim() !== ""))
    }),
    { numRuns: 1000 },
  )
})

test("a line without an end is refused before it fills the memory", () => {
  const lines = new NdjsonLines(() => undefined)
  const mebibyte = Buffer.alloc(1024 * 1024, "x")
  expect(() => {
    for (let i = 0; i < 20; i++) lines.push(mebibyte)
  }).toThrow("at most 16 MiB")
})
