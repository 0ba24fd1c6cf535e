import { CHUNK_END, chunkStart, LAST_CHUNK } from "./chunked.ts"
import type { ClientExchange, ClientHandler, ClientRequest } from "./client.ts"
import type { Output } from "./output.ts"
import type { UpstreamLine } from "./upstream-line.ts"

/** One request to an upstream. Once over it does nothing any more, whatever its owner still calls. */
export class UpstreamExchange implements ClientExchange {
  readonly request: ClientRequest
  readonly handler: ClientHandler
  /** Given by the pool before `send` returns; another one after a retry. */
  connection: UpstreamLine | undefined
  isOver = false
  isPaused = false
  /** `write` returned false, so that `onDrain` is due. */
  awaitsDrain = false
  /** The whole body was given. */
  isBodyDone: boolean
  /** It was sent once already, on a kept connection that turned out to be closed. */
  isRetried = false
  #hasBody = false
  /** Bytes a sized body still lacks. */
  #left: number

  constructor(request: ClientRequest, handler: ClientHandler) {
    const { framing } = request
    this.request = request
    this.handler = handler
    this.connection = undefined
    this.#left = framing.kind === "sized" ? framing.length : 0
    this.isBodyDone = framing.kind !== "chunked" && this.#left === 0
  }

  /** Nothing was sent that could not be sent again. */
  get isReplayable(): boolean {
    return this.request.replayable && !this.isRetried && !this.#hasBody
  }

  /** Gives the head, and the end of the body if that is known already. `isLast`: the connection is closed after it. */
  sendHead(output: Output, isLast: boolean): void {
    const { head, framing } = this.request
    output.latin1(head)
    // Else the upstream would hold a connection that this client is going to close.
    if (isLast) output.latin1("Connection: close\r\n")
    switch (framing.kind) {
      case "none":
        output.latin1("\r\n")
        break
      case "sized":
        output.latin1(`Content-Length: ${framing.length}\r\n\r\n`)
        break
      case "chunked":
        output.latin1("Transfer-Encoding: chunked\r\n\r\n")
        if (this.isBodyDone) output.latin1(LAST_CHUNK)
        break
    }
  }

  write(bytes: Uint8Array): boolean {
    const connection = this.connection
    const length = bytes.length
    if (this.isOver || connection === undefined || length === 0) return true
    const { output } = connection
    if (this.request.framing.kind === "chunked") {
      if (this.isBodyDone) this.#misuse("a write after the end of a body")
      output.latin1(chunkStart(length))
      output.bytes(bytes)
      output.latin1(CHUNK_END)
    } else {
      if (length > this.#left) this.#misuse("a body longer than its declared length")
      this.#left -= length
      this.isBodyDone = this.#left === 0
      output.bytes(bytes)
    }
    this.#hasBody = true
    connection.turnSoon()
    this.awaitsDrain = output.queued > 0
    return !this.awaitsDrain
  }

  endBody(): void {
    const connection = this.connection
    if (this.isOver || this.isBodyDone || connection === undefined) return
    if (this.#left > 0) this.#misuse("a body shorter than its declared length")
    this.isBodyDone = true
    connection.output.latin1(LAST_CHUNK)
    connection.turnSoon()
  }

  pause(): void {
    if (this.isPaused) return
    this.isPaused = true
    if (!this.isOver) this.connection?.turnSoon()
  }

  resume(): void {
    if (!this.isPaused) return
    this.isPaused = false
    if (!this.isOver) this.connection?.turnSoon()
  }

  abort(): void {
    if (this.isOver) return
    this.isOver = true
    this.connection?.drop()
  }

  /** What was sent already cannot be undone: what follows would be read as part of it. */
  #misuse(what: string): never {
    this.abort()
    throw new Error(what)
  }
}
