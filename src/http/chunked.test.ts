import { describe, expect, test } from "bun:test"
import fc from "fast-check"
import { CHUNK_END, ChunkedDecoder, chunkStart, LAST_CHUNK } from "./chunked.ts"

interface Decoded {
  readonly body: string
  readonly state: "done" | "more" | "chunk"
  /** What came after the body. */
  readonly rest: string
}

/** Decodes pieces of a wire cut at these places. */
function decode(wire: Buffer, cuts: number[] = []): Decoded {
  const decoder = new ChunkedDecoder()
  let body = ""
  let at = 0
  for (const to of [...cuts.map((cut) => Math.min(cut, wire.length)).sort((a, b) => a - b), wire.length]) {
    while (at < to && !decoder.isDone && decoder.fault === undefined) {
      at = decoder.read(wire, at, to)
      body += wire.latin1Slice(decoder.dataFrom, decoder.dataTo)
    }
  }
  const state = decoder.fault === undefined ? (decoder.isDone ? "done" : "more") : decoder.fault.code
  return { body, state, rest: state === "done" ? wire.latin1Slice(at, wire.length) : "" }
}

function stateOf(wire: string): string {
  return decode(Buffer.from(wire, "latin1")).state
}

function encode(chunks: string[]): string {
  return chunks.map((it) => chunkStart(it.length) + it + CHUNK_END).join("") + LAST_CHUNK
}

const chunks = fc.array(fc.string({ unit: fc.constantFrom(..."\r\n0;a\xff"), minLength: 1, maxLength: 40 }), {
  maxLength: 6,
})
const cuts = fc.array(fc.nat(400), { maxLength: 8 })

describe("a chunked body", () => {
  test("comes out as it was put in, however it is split, and nothing after it is touched", () => {
    fc.assert(
      fc.property(chunks, cuts, (parts, at) => {
        const wire = Buffer.from(`${encode(parts)}0\r\n\r\nGET /`, "latin1")
        expect(decode(wire, at)).toEqual({ body: parts.join(""), state: "done", rest: "0\r\n\r\nGET /" })
      }),
      { numRuns: 1000 },
    )
  })

  test("gives the same result however it is split, sound or not", () => {
    const change = fc.tuple(
      fc.nat(400),
      fc.nat(2),
      fc.constantFrom("", "\r", "\n", "\r\n", "0", "f", ";", " ", "\0", "X: 1\r\n"),
    )
    fc.assert(
      fc.property(chunks, change, cuts, (parts, [at, cut, put], places) => {
        const sound = encode(parts)
        const place = at % (sound.length + 1)
        const wire = Buffer.from(sound.slice(0, place) + put + sound.slice(place + cut), "latin1")
        expect(decode(wire, places)).toEqual(decode(wire))
      }),
      { numRuns: 3000 },
    )
  })

  test("of arbitrary bytes neither throws nor stands still", () => {
    fc.assert(fc.property(fc.uint8Array(), cuts, (bytes, at) => void decode(Buffer.from(bytes), at)))
  })

  test("is not copied", () => {
    const wire = Buffer.from("5\r\nhello\r\n0\r\n\r\n")
    const decoder = new ChunkedDecoder()
    expect(decoder.read(wire, 0, wire.length)).toBe(8)
    expect([decoder.dataFrom, decoder.dataTo]).toEqual([3, 8])
  })

  const sound = [
    "0\r\n\r\n",
    "00\r\n\r\n",
    "A\r\n0123456789\r\n0\r\n\r\n",
    '0;a=b;c="d"\r\n\r\n',
    "0\r\nX: 1\r\nY:\r\n\r\n",
  ]
  for (const wire of sound) {
    test(`may be ${JSON.stringify(wire)}`, () => expect(stateOf(wire)).toBe("done"))
  }

  const faults: [string, string][] = [
    ["a size that is none", "x\r\n"],
    ["no size", "\r\n"],
    ["an extension without a size", ";a\r\n"],
    ["a sign", "-1\r\n"],
    ["0x", "0x1\r\n"],
    ["a blank before the size", " 1\r\n"],
    ["a blank after the size", "1 \r\n"],
    ["a size of 2^53", "20000000000000\r\n"],
    ["a size of too many digits", `${"0".repeat(17)}\r\n`],
    ["LF after the size", "1\na\r\n0\r\n\r\n"],
    ["CR alone after the size", "1\rX"],
    ["LF in an extension", "1;a\n"],
    ["a control character in an extension", "1;a\x00\r\n"],
    ["an extension without an end", `1;${"a".repeat(1025)}`],
    ["a chunk longer than its size", "1\r\nab\r\n"],
    ["LF after a chunk", "1\r\na\n"],
    ["CR alone after a chunk", "1\r\na\rX"],
    ["LF in place of trailers", "0\r\n\n"],
    ["CR alone in place of trailers", "0\r\n\rX"],
    ["a trailer that is none", "0\r\nX\r\n"],
    ["a trailer without a name", "0\r\n: 1\r\n"],
    ["a blank before a trailer's colon", "0\r\nX : 1\r\n"],
    ["a folded trailer", "0\r\nX: 1\r\n y\r\n"],
    ["a control character in a trailer", "0\r\nX: \x00"],
    ["LF after a trailer", "0\r\nX: 1\n"],
    ["trailers without an end", `0\r\n${"X: 1\r\n".repeat(1400)}`],
  ]
  for (const [what, wire] of faults) {
    test(`is a fault with ${what}`, () => expect(stateOf(wire)).toBe("chunk"))
  }

  test("may have a size just below 2^53, an extension of 1 KiB and many trailers", () => {
    expect(stateOf("1fffffffffffff\r\n")).toBe("more")
    expect(stateOf(`0;${"a".repeat(1024)}\r\n\r\n`)).toBe("done")
    expect(stateOf(`0\r\n${"X: 1\r\n".repeat(1300)}\r\n`)).toBe("done")
  })
})
