import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { mutated, requestWire } from "./heads.fixture.ts"
import { headOf, LIMITS, read } from "./read-request.fixture.ts"
import { type RequestRead, readRequestHead } from "./read-request.ts"
import { FAULTS } from "./request-faults.fixture.ts"

describe("any request head", () => {
  /** Reads prefix after prefix until one gives a result. */
  function readSplit(bytes: Uint8Array, cuts: number[]): RequestRead {
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      const result = readRequestHead(bytes, 0, Math.min(cut, bytes.length), LIMITS)
      if (result.kind !== "more") return result
    }
    return readRequestHead(bytes, 0, bytes.length, LIMITS)
  }

  test("gives the same result however it was split, sound or not", () => {
    const cuts = fc.array(fc.nat(600), { maxLength: 6 })
    fc.assert(
      fc.property(mutated(requestWire), cuts, (bytes, at) => {
        expect(readSplit(bytes, at)).toEqual(readRequestHead(bytes, 0, bytes.length, LIMITS))
      }),
      { numRuns: 3000 },
    )
  })

  test("gives the same result byte by byte, for every fault there is", () => {
    for (const wire of Object.values(FAULTS).flat()) {
      const bytes = Buffer.from(wire, "latin1")
      const cuts = Array.from({ length: bytes.length }, (_, i) => i)
      expect(readSplit(bytes, cuts)).toEqual(read(wire))
    }
  })

  test("that is sound comes out as it was put together", () => {
    fc.assert(
      fc.property(requestWire, (wire) => {
        const head = headOf(wire)
        const lines = head.fields.spelled.map((name, i) => `${name}: ${head.fields.values[i]}\r\n`).join("")
        expect(`${head.method} ${head.path}${head.query} HTTP/1.${head.minor}\r\n${lines}\r\n`).toBe(wire)
      }),
      { numRuns: 500 },
    )
  })

  test("of arbitrary bytes is read without a throw, and a fault is shown in printable ASCII", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const result = readRequestHead(bytes, 0, bytes.length, LIMITS)
        if (result.kind === "fault") expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
      }),
      { numRuns: 3000 },
    )
  })

  test("that was mutated is shown in printable ASCII when it is refused", () => {
    fc.assert(
      fc.property(mutated(requestWire), (bytes) => {
        const result = readRequestHead(bytes, 0, bytes.length, LIMITS)
        if (result.kind === "fault") expect(result.fault.seen).toMatch(/^[ -~]{1,80}$/)
      }),
      { numRuns: 3000 },
    )
  })
})
