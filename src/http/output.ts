import "./bytes.ts"

/** What `Output` needs of a socket. */
export interface Sink {
  /** Returns how many bytes were taken, or -1 when the socket is closed. */
  write(bytes: Uint8Array, from: number, length: number): number
}

const SCRATCH = Buffer.allocUnsafeSlow(64 * 1024)
/** From this size on, a system call of its own is cheaper than a copy. */
const DIRECT = 16 * 1024

/** Whose bytes are in the scratch: one output at a time, for as long as the code that runs now takes. */
let owner: Output | undefined
let used = 0

/**
 * Bytes on their way to one socket, gathered in one buffer shared by all outputs until `flush`, so that what is written
 * together leaves together. What the kernel does not take is copied and waits for `drain`.
 */
export class Output {
  /** Bytes the kernel did not take yet; those still in the scratch are not counted. */
  queued = 0
  readonly #sink: Sink
  #queue: Uint8Array[] = []

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /** Only characters up to U+00FF: of others the low byte is sent. */
  latin1(text: string): void {
    const length = text.length
    if (this.#claim(length)) used += SCRATCH.latin1Write(text, used, length)
    else this.#send(Buffer.from(text, "latin1"), length)
  }

  /** `length` is that of the text in UTF-8. */
  utf8(text: string, length: number): void {
    if (this.#claim(length)) used += SCRATCH.write(text, used, length, "utf8")
    else this.#send(Buffer.from(text, "utf8"), length)
  }

  /** The caller may use its buffer again at once. */
  bytes(bytes: Uint8Array): void {
    const length = bytes.length
    if (length < DIRECT && this.#claim(length)) {
      SCRATCH.set(bytes, used)
      used += length
      return
    }
    this.flush()
    this.#send(bytes, length)
  }

  /** Hands the gathered bytes to the kernel. */
  flush(): void {
    if (owner !== this) return
    const length = used
    owner = undefined
    used = 0
    this.#send(SCRATCH, length)
  }

  /** The socket takes bytes again. */
  drain(): void {
    let done = 0
    for (const piece of this.#queue) {
      const sent = this.#sink.write(piece, 0, piece.length)
      if (sent < 0) {
        this.drop()
        return
      }
      this.queued -= sent
      if (sent < piece.length) {
        this.#queue[done] = piece.subarray(sent)
        break
      }
      done += 1
    }
    this.#queue.splice(0, done)
  }

  /** Forgets all that was not sent. */
  drop(): void {
    if (owner === this) {
      owner = undefined
      used = 0
    }
    this.#queue = []
    this.queued = 0
  }

  /** Makes room for so many bytes in the scratch. False: it never has that much, and what was in it has left. */
  #claim(length: number): boolean {
    if (owner !== this || used + length > SCRATCH.length) {
      owner?.flush()
      owner = this
    }
    return length <= SCRATCH.length
  }

  #send(bytes: Uint8Array, length: number): void {
    let sent = 0
    if (this.queued === 0) {
      if (length === 0) return
      sent = this.#sink.write(bytes, 0, length)
      // Closed: its close event tells whoever has to know.
      if (sent < 0) return
    }
    if (sent === length) return
    this.#queue.push(Uint8Array.prototype.slice.call(bytes, sent, length))
    this.queued += length - sent
  }
}
