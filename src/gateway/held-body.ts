import type { ModelRequest } from "../facts/world.ts"
import type { ServerExchange } from "../http/server.ts"
import { readChatRequest } from "../models/openai/chat-request.ts"
import type { BodySink } from "./body-sink.ts"

const UNREADABLE = { body: "not a JSON object", model: null } as const

/** A body held in memory, as deciding needs what it says; up to `most` bytes, past which it is no longer kept. */
export class HeldBody implements BodySink {
  readonly read: Promise<ModelRequest>
  /** The parsed JSON object; undefined until it was read, and where it is none. */
  json: Readonly<Record<string, unknown>> | undefined
  readonly #exchange: ServerExchange
  readonly #most: number
  readonly #resolve: (read: ModelRequest) => void
  readonly #chunks: Uint8Array[] = []
  #length = 0

  constructor(exchange: ServerExchange, most: number) {
    const { promise, resolve } = Promise.withResolvers<ModelRequest>()
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
    this.#length += bytes.length
    if (this.#length <= this.#most) {
      this.#chunks.push(bytes.slice())
      return
    }
    this.#chunks.length = 0
    this.#exchange.pauseBody()
    this.#resolve({ length: this.#length, ...UNREADABLE })
  }

  onBodyEnd(): void {
    const read = readChatRequest(Buffer.concat(this.#chunks))
    this.json = read?.json
    const said = read === undefined ? UNREADABLE : ({ body: "a JSON object", model: read.model } as const)
    this.#resolve({ length: this.#length, ...said })
  }

  onCallerDrain(): void {
    // Nothing is answered while the body is still read.
  }

  /** Whoever still awaits the decision finds the call over. */
  onAbort(): void {
    this.#resolve({ length: this.#length, ...UNREADABLE })
  }
}
