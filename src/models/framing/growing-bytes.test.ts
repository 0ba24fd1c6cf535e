import { expect, test } from "bun:test"
import fc from "fast-check"
import { GrowingBytes } from "./growing-bytes.ts"

test("bytes in pieces are what the pieces are, and the caller's once they were taken", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.uint8Array({ maxLength: 300 }))), (rounds) => {
      const held = new GrowingBytes()
      const taken = rounds.map((pieces) => {
        for (const it of pieces) held.add(it)
        const all = Buffer.concat(pieces)
        expect(held.length).toBe(all.length)
        expect(held.first).toBe(all[0])
        expect(held.last(2)).toEqual(all.subarray(-2))
        return { bytes: held.take(), all }
      })
      for (const { bytes, all } of taken) expect(bytes.equals(all)).toBe(true)
    }),
  )
})

test("a million pieces of one byte take no more memory than twice their bytes", () => {
  const held = new GrowingBytes()
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 1_000_000; i++) held.add(Buffer.from([i]))
  expect(held.take().buffer.byteLength).toBeLessThanOrEqual(2_000_000)
  expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
})
