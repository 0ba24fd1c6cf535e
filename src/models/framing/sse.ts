import { FormFault } from "../form/fault.ts"
import { GrowingBytes } from "./growing-bytes.ts"

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const SPACE = 0x20
const NOTHING = Buffer.alloc(0)
/** An event larger than this is no event of a model; holding more would let a provider fill our memory. */
const LARGEST = 16 * 1024 * 1024

/** Told of one event: its type (empty where none was given) and its data, lines joined by LF. */
export type SseHandler = (event: string, data: string) => void

/**
 * Server-sent events (WHATWG HTML §9.2), bytes split anywhere. Lines end in LF, CR LF or CR; comments, `id` and `retry` are
 * passed over. An event that its empty line does not follow is none, as the specification says, but `close` gives it where
 * a provider forgets the last empty line.
 */
export class SseFrames {
  /** The beginning of a line whose end has not come. */
  readonly #rest = new GrowingBytes()
  #event = ""
  #data: string | undefined
  #isFirst = true
  /** A CR ended the last line: an LF that follows belongs to it. */
  #afterCr = false
  readonly #handler: SseHandler

  constructor(handler: SseHandler) {
    this.#handler = handler
  }

  /** @throws FormFault when one event is larger than any model sends. */
  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (chunk.length === 0) return
    if (!chunk.includes(LF) && !chunk.includes(CR)) {
      this.#afterCr = false
      this.#hold(chunk)
      return
    }
    const all = this.#taken(chunk)
    let from = 0
    if (this.#afterCr && all.length > 0) {
      this.#afterCr = false
      if (all[0] === LF) from = 1
    }
    // Most streams have no CR at all; looking for one again at each line would read all of the rest each time.
    let cr = all.indexOf(CR, from)
    for (;;) {
      if (cr >= 0 && cr < from) cr = all.indexOf(CR, from)
      const lf = all.indexOf(LF, from)
      const end = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf
      if (end < 0) break
      this.#line(all, from, end)
      from = end + 1
      if (all[end] !== CR) continue
      if (from === all.length) this.#afterCr = true
      else if (all[from] === LF) from++
    }
    this.#hold(all.subarray(from))
  }

  #hold(piece: Buffer): void {
    if (piece.length > 0) this.#rest.add(piece)
    if (this.#rest.length + (this.#data?.length ?? 0) > LARGEST)
      throw new FormFault("", "a stream whose events are of at most 16 MiB")
  }

  /** What was held, with `chunk` behind it. */
  #taken(chunk: Buffer): Buffer {
    if (this.#rest.length === 0) return chunk
    this.#rest.add(chunk)
    return this.#rest.take()
  }

  /** The bytes have ended. */
  close(): void {
    const rest = this.#taken(NOTHING)
    if (rest.length > 0) this.#line(rest, 0, rest.length)
    this.#dispatch()
  }

  #line(all: Buffer, start: number, end: number): void {
    let from = start
    if (this.#isFirst) {
      this.#isFirst = false
      // A byte order mark may begin the stream.
      if (end - from >= 3 && all[from] === 0xef && all[from + 1] === 0xbb && all[from + 2] === 0xbf) from += 3
    }
    if (from === end) {
      this.#dispatch()
      return
    }
    const found = all.indexOf(COLON, from)
    if (found === from) return
    const colon = found < 0 || found > end ? end : found
    const name = all.toString("latin1", from, colon)
    if (name !== "data" && name !== "event") return
    const value = colon < end && all[colon + 1] === SPACE ? colon + 2 : colon + 1
    const text = value >= end ? "" : all.toString("utf8", value, end)
    if (name === "event") this.#event = text
    else this.#data = this.#data === undefined ? text : `${this.#data}\n${text}`
  }

  #dispatch(): void {
    const data = this.#data
    const event = this.#event
    this.#data = undefined
    this.#event = ""
    if (data !== undefined) this.#handler(event, data)
  }
}
