import { brotliDecompressSync, constants, gunzipSync, inflateSync } from "node:zlib"
import type { ResponseHead } from "../http/head.ts"

/** Enough of a body to know a page by; what is told of a refusal stands at its beginning. */
const MOST_KEPT = 4096

/** What is kept of an upstream's refusal while it passes: its head and the beginning of its body. Nothing is held back. */
export class RefusalSeen {
  readonly #head: ResponseHead
  readonly #pieces: Uint8Array[] = []
  #length = 0

  constructor(head: ResponseHead) {
    this.#head = head
  }

  add(bytes: Uint8Array): void {
    if (this.#length >= MOST_KEPT) return
    // Copied: the bytes are the connection's, and are others by the time they are looked at.
    const piece = bytes.slice(0, MOST_KEPT - this.#length)
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** The head as text, as it came. */
  get headers(): string {
    const { status, reason, fields } = this.#head
    return `HTTP/1.1 ${status} ${reason}\r\n${fields.spelled.map((name, i) => `${name}: ${fields.values[i] ?? ""}\r\n`).join("")}`
  }

  get body(): string {
    return new TextDecoder().decode(decoded(Buffer.concat(this.#pieces), this.#head.fields.get("content-encoding")))
  }
}

/** As far as it can be: the end of it was not kept. */
function decoded(bytes: Buffer, coding: string | undefined): Uint8Array {
  const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16 * MOST_KEPT }
  try {
    switch (coding) {
      case "gzip":
        return gunzipSync(bytes, cut)
      case "deflate":
        return inflateSync(bytes, cut)
      case "br":
        return brotliDecompressSync(bytes, {
          finishFlush: constants.BROTLI_OPERATION_FLUSH,
          maxOutputLength: 16 * MOST_KEPT,
        })
      default:
        return bytes
    }
  } catch {
    // It is not what it says it is, or too long when unpacked: the head alone has to do.
    return new Uint8Array()
  }
}
