import { ChunkedDecoder } from "./chunked.ts"
import type { RequestFault } from "./fault.ts"
import type { RequestHead } from "./head.ts"
import type { Input } from "./input.ts"

/** A rest of a body up to this size is read and dropped to keep the connection. */
const SHORT = 64 * 1024

/** One request body, taken out of a connection's input piece by piece and out of its framing. */
export class RequestBody {
  /** `asked`: its pieces go to the handler. `dropped`: they are read only to get past them. */
  use: "none" | "asked" | "dropped" = "none"
  isPaused = false
  /** Bytes a sized body still lacks. */
  #left: number
  readonly #decoder: ChunkedDecoder | undefined

  constructor(framing: RequestHead["framing"]) {
    this.#left = framing.kind === "sized" ? framing.length : 0
    this.#decoder = framing.kind === "chunked" ? new ChunkedDecoder() : undefined
  }

  /** Whether its rest is known to be small enough to be dropped. How much is left of a chunked body is never known. */
  get isShort(): boolean {
    return this.#decoder === undefined && this.#left <= SHORT
  }

  get isFlowing(): boolean {
    return this.use !== "none" && !this.isPaused
  }

  /** The next run of body bytes, or what there is instead. After `end` or a fault it must not be called again. */
  next(input: Input): Uint8Array | "more" | "end" | RequestFault {
    const decoder = this.#decoder
    if (decoder !== undefined) return decode(decoder, input)
    if (this.#left === 0) return "end"
    if (input.size === 0) return "more"
    const piece = input.take(this.#left)
    this.#left -= piece.length
    return piece
  }
}

function decode(decoder: ChunkedDecoder, input: Input): Uint8Array | "more" | "end" | RequestFault {
  input.from = decoder.read(input.bytes, input.from, input.to)
  if (decoder.dataTo > decoder.dataFrom) return input.bytes.subarray(decoder.dataFrom, decoder.dataTo)
  if (decoder.fault !== undefined) return decoder.fault
  return decoder.isDone ? "end" : "more"
}
