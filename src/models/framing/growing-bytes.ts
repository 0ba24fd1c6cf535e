const NOTHING = Buffer.alloc(0)
const FIRST = 256

/** Bytes that come in pieces, however small, held in at most twice their size and copied a bounded number of times. */
export class GrowingBytes {
  #bytes: Buffer = NOTHING
  #length = 0

  get length(): number {
    return this.#length
  }

  /** `piece` is copied; its owner may use it again. */
  add(piece: Uint8Array): void {
    const length = this.#length + piece.length
    if (length > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(FIRST, length, this.#bytes.length * 2))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    this.#bytes.set(piece, this.#length)
    this.#length = length
  }

  /** The first of them that is held; undefined for none. */
  get first(): number | undefined {
    return this.#length === 0 ? undefined : this.#bytes[0]
  }

  /** The last of them, at most `count`; lent until more is added. */
  last(count: number): Buffer {
    return this.#bytes.subarray(Math.max(0, this.#length - count), this.#length)
  }

  /** All of them, which are the caller's now. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = NOTHING
    this.#length = 0
    return taken
  }
}
