import { CR, hexValue, IS_FIELD_BYTE, LF } from "./bytes.ts"
import type { Fault } from "./fault.ts"
import { seenByte } from "./seen.ts"
import { TrailerReader } from "./trailer.ts"

/** Bytes of extensions one chunk may carry. They mean nothing here and are dropped. */
const MOST_EXTENSION = 1024
/** Digits a chunk size may have, leading zeros included. */
const MOST_DIGITS = 16
const NO_DATA = 0
const SEMICOLON = 0x3b

type State = "size" | "extension" | "size-lf" | "data" | "data-cr" | "data-lf" | "trailer" | "done" | "fault"

/**
 * Takes a chunked body out of its framing (RFC 9112 §7.1), however its bytes were split.
 *
 *     while (from < to) {
 *       from = decoder.read(bytes, from, to)
 *       if (decoder.dataTo > decoder.dataFrom) use(bytes.subarray(decoder.dataFrom, decoder.dataTo))
 *       if (decoder.isDone || decoder.fault !== undefined) break
 *     }
 *
 * Strict where two readers could differ: lines end in CRLF only, and only digits stand before it or an extension.
 */
export class ChunkedDecoder {
  /** The body bytes that the last `read` came upon, as indexes into the bytes given to it. */
  dataFrom = NO_DATA
  dataTo = NO_DATA
  fault: Fault<"chunk"> | undefined
  #state: State = "size"
  /** What is left of the chunk in progress; while its size is being read, what is known of it. */
  #left = 0
  #digits = 0
  #extension = 0
  readonly #trailer = new TrailerReader()

  /** The whole body, its trailers included, was read. */
  get isDone(): boolean {
    return this.#state === "done"
  }

  /** Reads up to the end of one run of body bytes, or of the body, and returns the index of what is left. */
  read(bytes: Uint8Array, from: number, to: number): number {
    this.dataFrom = NO_DATA
    this.dataTo = NO_DATA
    let at = from
    while (at < to) {
      if (this.#state === "data") return this.#takeData(at, to)
      if (this.#state === "done" || this.#state === "fault") return at
      this.#state = this.#step(this.#state, bytes[at] ?? 0)
      at++
    }
    return at
  }

  #takeData(at: number, to: number): number {
    const length = Math.min(this.#left, to - at)
    this.#left -= length
    if (this.#left === 0) this.#state = "data-cr"
    this.dataFrom = at
    this.dataTo = at + length
    return at + length
  }

  #step(state: Exclude<State, "data" | "done" | "fault">, code: number): State {
    switch (state) {
      case "size":
        return this.#readSize(code)
      case "extension":
        return this.#readExtension(code)
      case "size-lf":
        if (code !== LF) return this.#fail(`${seenByte(code)} after the CR of a chunk size`)
        return this.#left === 0 ? "trailer" : "data"
      case "data-cr":
        return code === CR ? "data-lf" : this.#fail(`${seenByte(code)} where a chunk should end`)
      case "data-lf":
        if (code !== LF) return this.#fail(`${seenByte(code)} after the CR of a chunk`)
        this.#digits = 0
        this.#extension = 0
        return "size"
      case "trailer":
        return this.#readTrailer(code)
    }
  }

  #readSize(code: number): State {
    const digit = hexValue(code)
    if (digit >= 0) {
      this.#digits++
      this.#left = this.#left * 16 + digit
      const isTooLong = this.#digits > MOST_DIGITS || this.#left > Number.MAX_SAFE_INTEGER
      return isTooLong ? this.#fail("a chunk size above 2^53") : "size"
    }
    if (this.#digits === 0) return this.#fail(`${seenByte(code)} where a chunk size should begin`)
    if (code === CR) return "size-lf"
    return code === SEMICOLON ? "extension" : this.#fail(`${seenByte(code)} in a chunk size`)
  }

  #readExtension(code: number): State {
    if (code === CR) return "size-lf"
    this.#extension++
    if (IS_FIELD_BYTE[code] !== 1) return this.#fail(`${seenByte(code)} in a chunk extension`)
    const isTooLong = this.#extension > MOST_EXTENSION
    return isTooLong ? this.#fail(`a chunk extension above ${MOST_EXTENSION} bytes`) : "extension"
  }

  #readTrailer(code: number): State {
    const fault = this.#trailer.step(code)
    if (fault !== undefined) return this.#fail(fault)
    return this.#trailer.isDone ? "done" : "trailer"
  }

  #fail(seen: string): State {
    this.fault = { code: "chunk", seen }
    return "fault"
  }
}

/** What stands before a chunk's bytes; after them comes CRLF. `length` must not be 0: that would end the body. */
export function chunkStart(length: number): string {
  return `${length.toString(16)}\r\n`
}
export const CHUNK_END = "\r\n"
/** Ends a chunked body, without trailers. */
export const LAST_CHUNK = "0\r\n\r\n"
