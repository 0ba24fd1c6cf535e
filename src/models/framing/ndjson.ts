import { FormFault } from "../form/fault.ts"
import { GrowingBytes } from "./growing-bytes.ts"

const LF = 0x0a
const NOTHING = Buffer.alloc(0)
/** A line larger than this is none of a model; holding more would let a provider fill our memory. */
const LARGEST = 16 * 1024 * 1024

/** Newline-delimited JSON (github.com/ndjson/ndjson-spec), bytes split anywhere: one handler call a line that is not blank. */
export class NdjsonLines {
  /** The beginning of a line whose end has not come. */
  readonly #rest = new GrowingBytes()
  readonly #handler: (line: string) => void

  constructor(handler: (line: string) => void) {
    this.#handler = handler
  }

  /** @throws FormFault when one line is larger than any model sends. */
  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let from = 0
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      this.#line(chunk.subarray(from, end))
      from = end + 1
    }
    if (from === chunk.length) return
    this.#rest.add(chunk.subarray(from))
    if (this.#rest.length > LARGEST) throw new FormFault("", "a stream whose lines are of at most 16 MiB")
  }

  /** The bytes have ended; the last line needs no end. */
  close(): void {
    if (this.#rest.length > 0) this.#line(NOTHING)
  }

  #line(end: Buffer): void {
    let whole = end
    if (this.#rest.length > 0) {
      this.#rest.add(end)
      whole = this.#rest.take()
    }
    // A CR before the LF is white space of JSON.
    const line = whole.toString("utf8")
    if (line.trim() !== "") this.#handler(line)
  }
}
