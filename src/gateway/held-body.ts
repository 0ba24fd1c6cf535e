import type { ServerExchange } from "../http/server.ts"
import type { BodySink } from "./body-sink.ts"

const NOTHING = Buffer.alloc(0)
const LEAST = 1024

/** A body as far as it was held. */
export interface Held {
  /** Bytes; where it is more than may be held, the number at which reading stopped. */
  readonly length: number
  /** Undefined where it was too long, or the caller went away. */
  readonly bytes: Buffer | undefined
}

/** A body held in memory, as deciding needs what it says; up to `most` bytes, past which it is no longer kept. */
export class HeldBody implements BodySink {
  readonly read: Promise<Held>
  readonly #exchange: ServerExchange
  readonly #most: number
  readonly #resolve: (held: Held) => void
  /** One buffer that grows: a list of what came would cost a hundred times the body where it comes byte by byte. */
  #bytes = NOTHING
  #length = 0

  constructor(exchange: ServerExchange, most: number) {
    const { promise, resolve } = Promise.withResolvers<Held>()
    this.read = promise
    this.#resolve = resolve
    this.#exchange = exchange
    this.#most = most
  }

  /** Asks for the body; call once the sink is in place. */
  start(): void {
    if (this.#exchange.head.framing.kind === "none") this.onBodyEnd()
    else this.#exchange.readBody()
  }

  onBody(bytes: Uint8Array): void {
    const from = this.#length
    this.#length += bytes.length
    if (this.#length <= this.#most) {
      if (this.#length > this.#bytes.length) this.#grow(from)
      this.#bytes.set(bytes, from)
      return
    }
    this.#bytes = NOTHING
    this.#exchange.pauseBody()
    this.#resolve({ length: this.#length, bytes: undefined })
  }

  onBodyEnd(): void {
    this.#resolve({ length: this.#length, bytes: this.#bytes.subarray(0, this.#length) })
  }

  onCallerDrain(): void {
    // Nothing is answered while the body is still read.
  }

  /** Whoever still awaits the decision finds the call over. */
  onAbort(): void {
    this.#resolve({ length: this.#length, bytes: undefined })
  }

  /** `used`: how many bytes of the old one count. */
  #grow(used: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.min(this.#most, Math.max(LEAST, this.#length * 2)))
    grown.set(this.#bytes.subarray(0, used))
    this.#bytes = grown
  }
}
