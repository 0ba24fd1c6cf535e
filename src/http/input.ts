import { CR, LF } from "./bytes.ts"

const NOTHING = new Uint8Array(0)

/**
 * Bytes that arrived and were not consumed yet: `bytes[from, to)`.
 *
 * Every read of a Bun socket comes in a buffer of its own, so that one that is consumed at once is never copied, and parts
 * of it may be handed out.
 */
export class Input {
  bytes: Uint8Array = NOTHING
  from = 0
  to = 0
  /** `bytes` was allocated here and may be appended to behind `to`. */
  #isOwn = false

  get size(): number {
    return this.to - this.from
  }

  add(bytes: Uint8Array): void {
    const size = this.size
    if (size === 0) {
      this.bytes = bytes
      this.from = 0
      this.to = bytes.length
      this.#isOwn = false
      return
    }
    if (!this.#isOwn || this.to + bytes.length > this.bytes.length) this.#grow(size + bytes.length)
    this.bytes.set(bytes, this.to)
    this.to += bytes.length
  }

  /** Consumes up to `most` bytes, without copying them. */
  take(most: number): Uint8Array {
    const from = this.from
    const end = Math.min(this.to, from + most)
    this.from = end
    return from === 0 && end === this.bytes.length ? this.bytes : this.bytes.subarray(from, end)
  }

  /** Consumes line ends before a request line: a habit of old clients after a body (RFC 9112 §2.2). */
  skipLineEnds(): void {
    while (this.from + 1 < this.to && this.bytes[this.from] === CR && this.bytes[this.from + 1] === LF) this.from += 2
  }

  clear(): void {
    this.bytes = NOTHING
    this.from = 0
    this.to = 0
  }

  /** To be called when nothing more is consumed for now: lets go of a large buffer that only a small rest of is needed. */
  settle(): void {
    if (this.from === this.to) this.clear()
    else if (!this.#isOwn && this.size * 2 < this.bytes.length) this.#grow(this.size)
  }

  /** Always into new memory: parts of the old may have been handed out. */
  #grow(size: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(1024, size * 2))
    grown.set(this.bytes.subarray(this.from, this.to))
    this.to -= this.from
    this.from = 0
    this.bytes = grown
    this.#isOwn = true
  }
}
