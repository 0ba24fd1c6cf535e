const LF = 0x0a
const NOTHING = Buffer.alloc(0)
/** A line larger than this is none of a model; holding more would let a provider fill our memory. */
const LARGEST = 16 * 1024 * 1024

/** Newline-delimited JSON (github.com/ndjson/ndjson-spec), bytes split anywhere: one handler call a line that is not blank. */
export class NdjsonLines {
  /** The beginning of a line whose end has not come, in pieces. */
  #rest: Buffer[] = []
  #length = 0
  readonly #handler: (line: string) => void

  constructor(handler: (line: string) => void) {
    this.#handler = handler
  }

  /** @throws Error when one line is larger than any model sends. */
  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let from = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      this.#line(chunk.subarray(from, end))
      from = end + 1
    }
    if (from === chunk.length) return
    this.#length += chunk.length - from
    if (this.#length > LARGEST) throw new Error("one line is larger than 16 MiB")
    // The caller may use its buffer again.
    this.#rest.push(Buffer.from(chunk.subarray(from)))
  }

  /** The bytes have ended; the last line needs no end. */
  close(): void {
    if (this.#length > 0) this.#line(NOTHING)
  }

  #line(end: Buffer): void {
    const whole = this.#length === 0 ? end : Buffer.concat([...this.#rest, end])
    this.#rest = []
    this.#length = 0
    // A CR before the LF is white space of JSON.
    const line = whole.toString("utf8")
    if (line.trim() !== "") this.#handler(line)
  }
}
