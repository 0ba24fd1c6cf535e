import { GrowingBytes } from "./growing-bytes.ts"

const NOTHING = Buffer.alloc(0)
const COLON = 0x3a
const LF = 0x0a
/** What ends an event: an empty line, whichever way lines end (WHATWG HTML §9.2.6). */
const ENDS = ["\n\n", "\n\r\n", "\r\r"]
/** More without an end is no event of a model, and is let go as it is rather than held. Images come in one event. */
const LARGEST = 16 * 1024 * 1024
/** Bytes before an end that may belong to it. */
const SEAM = 2

/**
 * Gives the bytes of server-sent events on as they come, but no event before all of it is there: so that something can be said
 * between two events at any time. No byte is changed, left out or moved.
 */
export class WholeEvents {
  readonly #rest = new GrowingBytes()

  /** What is whole by now; empty where nothing is. May be `bytes` itself, which its owner uses again. */
  push(bytes: Uint8Array): Buffer {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const held = this.#rest.length
    // A long event is searched once, not again with each of its pieces.
    const mayEnd = held === 0 || this.#mayEnd(chunk)
    if (held > 0) this.#rest.add(chunk)
    if (!mayEnd && this.#rest.length <= LARGEST) return NOTHING
    const all = held > 0 ? this.#rest.take() : chunk
    // What was held has no end in it; one may have begun there.
    let end = afterComments(all, endIn(all, Math.max(0, held - SEAM)))
    if (all.length - end > LARGEST) end = all.length
    if (end < all.length) this.#rest.add(all.subarray(end))
    return all.subarray(0, end)
  }

  /** The bytes have ended: what is left, which no empty line followed. */
  close(): Buffer {
    return this.#rest.take()
  }

  /** Whether something of what is held, with `chunk` behind it, may be whole. */
  #mayEnd(chunk: Buffer): boolean {
    if (this.#rest.first === COLON) return chunk.includes(LF)
    return endIn(Buffer.concat([this.#rest.last(SEAM), chunk]), 0) > 0
  }
}

/** After the last event that ends behind `from`; 0 where none does. */
function endIn(all: Buffer, from: number): number {
  const fresh = all.subarray(from)
  let end = 0
  for (const it of ENDS) {
    const found = fresh.lastIndexOf(it)
    if (found >= 0) end = Math.max(end, from + found + it.length)
  }
  return end
}

/** Comments keep connections alive, and belong to no event. */
function afterComments(all: Buffer, from: number): number {
  let at = from
  while (all[at] === COLON) {
    const end = all.indexOf(LF, at)
    if (end < 0) break
    at = end + 1
  }
  return at
}
