import { crc32 } from "node:zlib"
import { FormFault } from "../form/fault.ts"
import { GrowingBytes } from "./growing-bytes.ts"

/** Both lengths and the checksum of these eight bytes. */
const PRELUDE = 12
const CHECKSUM = 4
/** AWS allows 24 MiB in a message; holding more would let a provider fill our memory. */
const LARGEST = 25 * 1024 * 1024

/** Bytes of a header's value by its type; 6 and 7 tell their length themselves. */
const SIZES = [0, 0, 1, 2, 4, 8, -1, -1, 8, 16]
const TEXT = 7

/** Headers that are texts, which all that AWS's services send are: `:event-type`, `:message-type`, `:exception-type`. */
export type EventHeaders = ReadonlyMap<string, string>
const NO_HEADERS: EventHeaders = new Map()
export type EventHandler = (headers: EventHeaders, payload: Buffer) => void

/**
 * AWS's binary event stream (`vnd.amazon.eventstream`), bytes split anywhere: lengths, checksum, headers, payload, checksum,
 * in network order. See "Event stream encoding" of the Amazon Transcribe guide and the Smithy specification. Both checksums are
 * checked; the payload is lent only for the call.
 */
export class EventStreamFrames {
  readonly #handler: EventHandler
  readonly #rest = new GrowingBytes()
  /** Headers of the last message, since those of the next are mostly the same. */
  #lastHead: Buffer | undefined
  #lastHeaders: EventHeaders = NO_HEADERS
  /** As many bytes are needed before there is something to read. */
  #need = PRELUDE

  constructor(handler: EventHandler) {
    this.#handler = handler
  }

  /** Whether the bytes so far end with a whole message. */
  get isBetween(): boolean {
    return this.#rest.length === 0
  }

  /** @throws FormFault */
  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let all = chunk
    if (this.#rest.length > 0 || chunk.length < this.#need) {
      this.#rest.add(chunk)
      if (this.#rest.length < this.#need) return
      all = this.#rest.take()
    }
    let at = 0
    for (;;) {
      this.#need = messageLength(all, at)
      if (all.length - at < this.#need) break
      const end = at + this.#need
      this.#message(all.subarray(at, end))
      at = end
    }
    if (at < all.length) this.#rest.add(all.subarray(at))
  }

  #message(bytes: Buffer): void {
    const end = bytes.length - CHECKSUM
    if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32BE(end))
      throw new FormFault("", "messages of an AWS event stream; the checksum of one is wrong")
    const payload = PRELUDE + bytes.readUInt32BE(4)
    const head = bytes.subarray(PRELUDE, payload)
    if (this.#lastHead?.equals(head) !== true) {
      this.#lastHeaders = headersIn(bytes, PRELUDE, payload)
      this.#lastHead = Buffer.from(head)
    }
    this.#handler(this.#lastHeaders, bytes.subarray(payload, end))
  }
}

/** Of the message that begins at `at`; of its prelude where that is not there yet. */
function messageLength(bytes: Buffer, at: number): number {
  if (bytes.length - at < PRELUDE) return PRELUDE
  const length = bytes.readUInt32BE(at)
  if (crc32(bytes.subarray(at, at + 8)) !== bytes.readUInt32BE(at + 8))
    throw new FormFault("", "an AWS event stream; the checksum of a prelude is wrong")
  if (length > LARGEST) throw new FormFault("", "an AWS event stream with messages of at most 25 MiB")
  if (PRELUDE + bytes.readUInt32BE(at + 4) + CHECKSUM > length)
    throw new FormFault("", "an AWS event stream; the headers of a message are longer than it")
  return length
}

function headersIn(bytes: Buffer, from: number, end: number): EventHeaders {
  const headers = new Map<string, string>()
  let at = from
  while (at < end) {
    const type = at + 1 + byte(bytes, at, end)
    const value = type + 1
    const kind = byte(bytes, type, end)
    const size = SIZES[kind]
    if (size === undefined) throw new FormFault("", `an AWS event stream; there is no header type ${kind}`)
    const start = size < 0 ? value + 2 : value
    const next = start + (size < 0 ? byte(bytes, value, end) * 256 + byte(bytes, value + 1, end) : size)
    if (next > end) throw tooLong()
    if (kind === TEXT) headers.set(bytes.toString("utf8", at + 1, type), bytes.toString("utf8", start, next))
    at = next
  }
  return headers
}

const tooLong = (): FormFault => new FormFault("", "an AWS event stream; a header is longer than all headers")

function byte(bytes: Buffer, at: number, end: number): number {
  const found = at < end ? bytes[at] : undefined
  if (found === undefined) throw tooLong()
  return found
}
