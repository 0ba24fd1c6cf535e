import { CHUNK_END, chunkStart, LAST_CHUNK } from "./chunked.ts"
import type { RequestHead } from "./head.ts"
import type { ServerExchange, ServerHandler } from "./server.ts"
import type { Line } from "./server-line.ts"

type AnswerFraming = Parameters<ServerExchange["begin"]>[2]

/** One request on a connection. Once over it does nothing any more, whatever its handler still calls. */
export class Exchange implements ServerExchange {
  readonly head: RequestHead
  /** Undefined until `onRequest` has returned. */
  handler: ServerHandler | undefined
  /** The connection ends after this answer. */
  closes: boolean
  /** `write` returned false, so that `onDrain` is due. */
  awaitsDrain = false
  isOver = false
  hasBegun = false
  readonly #line: Line
  #isAsked = false
  /** HEAD, 204 and 304 (RFC 9112 §6.3): the framing is told, but no body follows. */
  #isBodyless = false
  #framing: AnswerFraming["kind"] | "until-close" = "none"
  /** Bytes a sized body still lacks. */
  #left = 0

  constructor(line: Line, head: RequestHead) {
    this.#line = line
    this.head = head
    this.handler = undefined
    this.closes = !head.keepAlive
  }

  get remoteAddress(): string {
    return this.#line.remoteAddress
  }

  readBody(): void {
    if (this.isOver || this.#isAsked) return
    this.#isAsked = true
    if (this.hasBegun) this.#misused("readBody after begin, which gives up a body nobody asked for")
    else this.#line.readBody(this.head)
  }

  pauseBody(): void {
    if (!this.isOver) this.#line.pauseBody(true)
  }

  resumeBody(): void {
    if (!this.isOver) this.#line.pauseBody(false)
  }

  begin(status: number, head: string, framing: AnswerFraming): void {
    if (this.#start("begin", status)) this.#line.send(head + this.#frame(status, framing))
  }

  interim(head: string): void {
    if (!this.isOver && !this.hasBegun && this.head.minor === 1) this.#line.send(`${head}\r\n`)
  }

  write(bytes: Uint8Array): boolean {
    if (this.isOver) return false
    if (!this.hasBegun) {
      this.#misused("write before begin")
      return false
    }
    // An empty chunk would be the last one.
    if (bytes.length > 0 && !this.#isBodyless) {
      this.#writeFramed(bytes)
      this.#line.turnSoon()
    }
    this.awaitsDrain = this.#line.output.queued > 0
    return !this.awaitsDrain
  }

  end(): void {
    if (this.isOver) return
    if (!this.hasBegun) this.#misused("end before begin")
    else if (this.#left > 0) this.#misused("a body shorter than its declared length")
    else {
      if (this.#framing === "chunked" && !this.#isBodyless) this.#line.output.latin1(LAST_CHUNK)
      this.#finish()
    }
  }

  cut(): void {
    if (this.isOver) return
    this.isOver = true
    this.#line.reset()
  }

  reply(status: number, head: string, body: string): void {
    if (!this.#start("reply", status)) return
    const length = Buffer.byteLength(body)
    const { output } = this.#line
    output.latin1(head + this.#frame(status, { kind: "sized", length }))
    if (length > 0 && !this.#isBodyless) output.utf8(body, length)
    this.#finish()
  }

  #finish(): void {
    this.isOver = true
    this.#line.answered(this.head, this.closes)
  }

  #writeFramed(bytes: Uint8Array): void {
    const { output } = this.#line
    switch (this.#framing) {
      case "chunked":
        output.latin1(chunkStart(bytes.length))
        output.bytes(bytes)
        output.latin1(CHUNK_END)
        return
      case "none":
      case "sized":
        this.#left -= bytes.length
        // More would be read as the beginning of the next answer.
        if (this.#left < 0) this.#misused("a body longer than its declared length")
        else output.bytes(bytes)
        return
      case "until-close":
        output.bytes(bytes)
        return
    }
  }

  /** False: the answer must not begin. */
  #start(what: string, status: number): boolean {
    if (this.isOver) return false
    if (this.hasBegun) {
      this.#misused(`${what} after begin`)
      return false
    }
    this.hasBegun = true
    this.#isBodyless = this.head.method === "HEAD" || status === 204 || status === 304
    if (!this.#line.canFollow(this.head.expectsContinue)) this.closes = true
    return true
  }

  /** What follows the caller's fields. */
  #frame(status: number, framing: AnswerFraming): string {
    const fields = this.#framingFields(status, framing)
    if (this.closes) return `${fields}Connection: close\r\n\r\n`
    return this.head.minor === 0 ? `${fields}Connection: keep-alive\r\n\r\n` : `${fields}\r\n`
  }

  #framingFields(status: number, framing: AnswerFraming): string {
    this.#framing = framing.kind
    switch (framing.kind) {
      case "none":
        return this.#isBodyless ? "" : "Content-Length: 0\r\n"
      case "sized":
        if (!this.#isBodyless) this.#left = framing.length
        // RFC 9110 §8.6 forbids it there.
        return status === 204 ? "" : `Content-Length: ${framing.length}\r\n`
      case "chunked":
        if (this.head.minor === 1) return status === 204 ? "" : "Transfer-Encoding: chunked\r\n"
        // HTTP/1.0 knows no chunks: the body ends with the connection.
        if (!this.#isBodyless) this.closes = true
        this.#framing = "until-close"
        return ""
    }
  }

  #misused(what: string): void {
    this.#line.fail(new Error(`${what}: ${this.head.method} answered wrongly`))
  }
}
