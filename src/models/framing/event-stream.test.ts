import { expect, test } from "bun:test"
import fc from "fast-check"
import { FormFault } from "../form/fault.ts"
import { eventMessage } from "./event-stream.fixture.ts"
import { EventStreamFrames } from "./event-stream.ts"

type Told = readonly [headers: object, payload: string]

function read(pieces: readonly Uint8Array[]): readonly Told[] {
  const told: Told[] = []
  const frames = new EventStreamFrames((headers, payload) =>
    told.push([Object.fromEntries(headers), payload.toString("base64")]),
  )
  for (const it of pieces) {
    // What is lent may be written over once the call is over.
    const lent = Buffer.from(it)
    frames.push(lent)
    lent.fill(0xff)
  }
  return told
}

const split = (bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] => {
  const at = [0, ...cuts.map((it) => it % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((to, i) => bytes.slice(at[i], to))
}

/** The positive vectors of AWS's event stream test suite (`empty_message`, `payload_no_headers`, `payload_one_str_header`, `int32_header`). */
const VECTORS: readonly (readonly [hex: string, told: Told])[] = [
  ["000000100000000005c248eb7d98c8ff", [{}, ""]],
  ["0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936", [{}, "eydmb28nOidiYXInfQ=="]],
  [
    "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1",
    [{ "content-type": "application/json" }, "eydmb28nOidiYXInfQ=="],
  ],
  [
    "0000002d0000001041c424b80a6576656e742d74797065040000a00c7b27666f6f273a27626172277d36f480a0",
    [{}, "eydmb28nOidiYXInfQ=="],
  ],
]

test("messages are read as AWS's own vectors say", () => {
  for (const [hex, told] of VECTORS) expect(read([Buffer.from(hex, "hex")])).toEqual([told])
})

test("messages are the same however their bytes are split", () => {
  const message = fc.record({
    headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ unit: "grapheme", maxLength: 40 })),
    payload: fc.uint8Array({ maxLength: 60 }),
  })
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, cuts) => {
      const bytes = Buffer.concat(messages.map((it) => eventMessage(it.headers, it.payload)))
      const told = messages.map((it) => [{ ...it.headers }, Buffer.from(it.payload).toString("base64")])
      expect(read(split(bytes, cuts)).map(([headers, payload]) => [{ ...headers }, payload])).toEqual(told)
    }),
  )
})

test("a wrong byte anywhere is a fault, not another message", () => {
  const bytes = eventMessage({ ":event-type": "metadata" }, Buffer.from('{"a":1}'))
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const wrong = Buffer.from(bytes)
      wrong[at] = (wrong[at] ?? 0) ^ flip
      let told: readonly Told[] = []
      try {
        told = read([wrong])
      } catch (error) {
        expect(error).toBeInstanceOf(FormFault)
      }
      expect(told).toEqual([])
    }),
  )
})

test("what is no event stream at all is refused by its first bytes", () => {
  expect(() => read([Buffer.from("<html>502 Bad Gateway")])).toThrow("checksum of a prelude")
})

test("headers that do not fit their message are refused, whatever their checksums", () => {
  const any = fc.uint8Array({ maxLength: 40 })
  fc.assert(
    fc.property(any, (headers) => {
      const message = eventMessage({}, headers)
      message.writeUInt32BE(headers.length, 4)
      message.writeUInt32BE(Bun.hash.crc32(message.subarray(0, 8)), 8)
      message.writeUInt32BE(Bun.hash.crc32(message.subarray(0, -4)), message.length - 4)
      try {
        read([message])
      } catch (error) {
        expect(error).toBeInstanceOf(FormFault)
      }
    }),
    { numRuns: 1000 },
  )
})
