const NOTHING = Buffer.alloc(0)
const COLON = 0x3a
const LF = 0x0a
/** What ends an event: an empty line, whichever way lines end (WHATWG HTML §9.2.6). */
const ENDS = ["\n\n", "\n\r\n", "\r\r"]
/** More without an end is no event of a model, and is let go as it is rather than held. */
const LARGEST = 4 * 1024 * 1024

/**
 * Gives the bytes of server-sent events on as they come, but no event before all of it is there: so that something can be said
 * between two events at any time. No byte is changed, left out or moved.
 */
export class WholeEvents {
  #rest: Buffer = NOTHING

  /** What is whole by now; empty where nothing is. May be `bytes` itself, which its owner uses again. */
  push(bytes: Uint8Array): Buffer {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let end = 0
    for (const it of ENDS) {
      const found = all.lastIndexOf(it)
      if (found >= 0) end = Math.max(end, found + it.length)
    }
    end = afterComments(all, end)
    if (all.length - end > LARGEST) end = all.length
    this.#rest = end === all.length ? NOTHING : Buffer.from(all.subarray(end))
    return all.subarray(0, end)
  }

  /** The bytes have ended: what is left, which no empty line followed. */
  close(): Buffer {
    const rest = this.#rest
    this.#rest = NOTHING
    return rest
  }
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
