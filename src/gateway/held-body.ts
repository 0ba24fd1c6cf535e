import type { ModelRequest } from "../facts/world.ts"
import type { ServerExchange } from "../http/server.ts"
import { type ChatRequest, readChatRequest } from "../models/openai/chat-request.ts"
import type { BodySink } from "./body-sink.ts"

const UNREADABLE = { body: "not a JSON object", model: null } as const
const NOTHING = Buffer.alloc(0)
const LEAST = 1024

/** A body held in memory, as deciding needs what it says; up to `most` bytes, past which it is no longer kept. */
export class HeldBody implements BodySink {
  readonly read: Promise<ModelRequest>
  /** Undefined until it was read, and where it is none. */
  chat: ChatRequest | undefined
  readonly #exchange: ServerExchange
  readonly #most: number
  readonly #resolve: (read: ModelRequest) => void
  /** One buffer that grows: a list of what came would cost a hundred times the body where it comes byte by byte. */
  #bytes = NOTHING
  #length = 0

  constructor(exchange: ServerExchange, most: number) {
    const { promise, resolve } = Promise.withResolvers<ModelRequest>()
    this.read = promise
    this.#resolve = resolve
    this.#exchange = exchange
    this.#most = most
    this.chat = undefined
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
    this.#resolve({ length: this.#length, ...UNREADABLE })
  }

  onBodyEnd(): void {
    const read = readChatRequest(this.#bytes.subarray(0, this.#length))
    const length = this.#length
    if (typeof read === "string") this.#resolve({ length, body: read, model: null })
    else {
      this.chat = read
      this.#resolve({ length, body: "a JSON object", model: read.model })
    }
  }

  onCallerDrain(): void {
    // Nothing is answered while the body is still read.
  }

  /** Whoever still awaits the decision finds the call over. */
  onAbort(): void {
    this.#resolve({ length: this.#length, ...UNREADABLE })
  }

  /** `used`: how many bytes of the old one count. */
  #grow(used: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.min(this.#most, Math.max(LEAST, this.#length * 2)))
    grown.set(this.#bytes.subarray(0, used))
    this.#bytes = grown
  }
}
