import { ticks } from "./clock.ts"
import type { RequestHead } from "./head.ts"
import { Output } from "./output.ts"
import { RequestReader } from "./request-reader.ts"
import { awaited, Deadline } from "./server-deadline.ts"
import { Ending } from "./server-ending.ts"
import type { Hub, Member } from "./server-hub.ts"
import type { Line } from "./server-line.ts"
import { type Turning, turnLater } from "./turns.ts"

/** Bytes held unread before the socket is paused. */
const HELD = 64 * 1024
/** Bytes read and dropped at the end, so that a client that still sends gets to read its answer before a reset. */
const LINGER_BYTES = 1024 * 1024
/** Ticks after a client's last byte within which its FIN means that it has said all, not that it is gone. */
const HALF_CLOSE_TICKS = ticks(1000)

/**
 * One client connection: what its socket tells goes to the reader, what is answered to the output.
 *
 * A client that ends its side (FIN) either has said all and still reads, as `nc -N` does, or is gone: TCP does not tell.
 * An end within a second of its last byte is taken for the first and still answered; if it was the second, the answer
 * meets a reset, which aborts the exchange. A later end aborts it at once, as in nginx. While more than 64 KiB are held
 * unread the socket is paused, and an end goes unnoticed until it is resumed; a reset does not.
 */
export class Connection implements Line, Member, Turning {
  readonly remoteAddress: string
  readonly output: Output
  readonly deadline: Deadline
  readonly #socket: Bun.Socket<Connection>
  readonly #hub: Hub
  readonly #reader: RequestReader
  readonly #ending: Ending
  #heardAt: number
  #isPaused = false
  #isRunning = false
  #isTurnDue = false

  constructor(socket: Bun.Socket<Connection>, hub: Hub) {
    this.remoteAddress = plainAddress(socket.remoteAddress)
    this.output = new Output(socket)
    this.#socket = socket
    this.#hub = hub
    this.#reader = new RequestReader(this, hub)
    this.#ending = new Ending(socket)
    this.deadline = new Deadline(hub)
    this.#heardAt = hub.clock.now
    this.deadline.arm("request")
  }

  /** Nothing is asked of it, and nothing half said. */
  get isIdle(): boolean {
    const { isAnswering, body, input } = this.#reader
    return this.#ending.stage === "open" && !isAnswering && body === undefined && input.size + this.output.queued === 0
  }

  // What the socket tells.

  onData(bytes: Uint8Array): void {
    this.#heardAt = this.#hub.clock.now
    this.#reader.input.add(bytes)
    this.#run()
  }

  onDrain(): void {
    this.output.drain()
    this.#run()
  }

  /** The client ended its side. */
  onEnd(): void {
    const reader = this.#reader
    reader.hasEnded = true
    const isLate = this.#hub.clock.now - this.#heardAt > HALF_CLOSE_TICKS
    if (this.#ending.stage === "lingering") this.#end()
    // Inside a body that is being read, it is a fault of the body instead.
    else if (isLate && reader.exchange !== undefined && reader.body?.use !== "asked") this.reset()
    else this.#run()
  }

  /** Bun calls it once, also inside `terminate` and `end`. */
  onClose(): void {
    this.#ending.stage = "closed"
    this.#reader.isDeaf = true
    this.output.drop()
    this.#hub.forget(this)
    const { fault, exchange } = this.#reader
    if (fault !== undefined) fault.isOver = true
    if (exchange === undefined || exchange.isOver) return
    exchange.isOver = true
    try {
      exchange.handler?.onAbort()
    } catch (error) {
      this.#hub.onError(error)
    }
  }

  /** May throw what a handler throws. */
  onDeadline(): void {
    const reader = this.#reader
    const { bodyTimeout, headTimeout } = this.#hub.limits
    const late = awaited(reader, this.output.queued)
    if (this.#ending.stage === "lingering") this.#end()
    else if (late === "body") {
      reader.breakBody({ code: "slow-body", seen: `no byte for ${bodyTimeout} ms` })
      this.#run()
    } else if (late === "head") {
      reader.refuse({ code: "slow-head", seen: `not whole after ${headTimeout} ms` })
      this.#run()
    } else if (late === "request") this.#end()
    else this.reset()
  }

  /** See `turnLater`. */
  turn(): void {
    this.#isTurnDue = false
    this.#run()
  }

  // What an exchange asks for.

  turnSoon(): void {
    if (this.#isRunning || this.#isTurnDue) return
    this.#isTurnDue = true
    turnLater(this)
  }

  send(text: string): void {
    this.output.latin1(text)
    this.turnSoon()
  }

  readBody(head: RequestHead): void {
    const reader = this.#reader
    reader.askBody(head)
    if (head.expectsContinue && reader.input.size === 0) this.output.latin1("HTTP/1.1 100 Continue\r\n\r\n")
    // Not from within this call: its caller may not be ready for the first bytes yet.
    this.turnSoon()
  }

  pauseBody(isPaused: boolean): void {
    const { body } = this.#reader
    if (body === undefined) return
    body.isPaused = isPaused
    this.turnSoon()
  }

  canFollow(expectsContinue: boolean): boolean {
    return !this.#hub.isStopping && this.#reader.passUnasked(expectsContinue)
  }

  answered(head: RequestHead, closes: boolean): void {
    const reader = this.#reader
    reader.exchange = undefined
    // What has come of the next head is not late for having come before.
    this.deadline.arm("handler")
    if (closes || this.#hub.isStopping || !reader.passBody()) {
      // A client that itself asked for the end sends nothing more that could meet a reset.
      this.close(head.keepAlive || reader.isDeaf || reader.body !== undefined)
    } else if (reader.input.size > 0 || reader.hasEnded) this.turnSoon()
    else if (!this.#isRunning && !this.#isTurnDue) this.#settle()
  }

  close(lingers: boolean): void {
    if (this.#ending.stage !== "open") return
    this.#ending.begin(lingers || this.#reader.input.size > 0)
    this.#reader.fault = undefined
    this.#reader.isDeaf = true
    if (!this.#isTurnDue) this.#run()
  }

  reset(): void {
    this.#reader.isDeaf = true
    this.#ending.reset()
  }

  fail(error: unknown): void {
    this.#hub.onError(error)
    this.reset()
  }

  /** Goes as far as what has arrived allows. */
  #run(): void {
    if (this.#isRunning || this.#ending.stage === "closed") return
    this.#isRunning = true
    try {
      this.#tellDrained()
      while (this.#reader.step());
    } catch (error) {
      this.fail(error)
    }
    this.#isRunning = false
    this.#settle()
  }

  #tellDrained(): void {
    const { exchange } = this.#reader
    if (exchange?.awaitsDrain !== true || this.output.queued > 0) return
    exchange.awaitsDrain = false
    exchange.handler?.onDrain()
  }

  /** After all that may have changed something: sends what was written and sees to what is waited for. */
  #settle(): void {
    this.output.flush()
    if (this.#ending.stage === "flushing" && this.output.queued === 0) this.#finish()
    if (this.#ending.stage === "closed") return
    const { input, dropped } = this.#reader
    input.settle()
    const isPaused = input.size > HELD || dropped > LINGER_BYTES
    if (isPaused !== this.#isPaused) {
      this.#isPaused = isPaused
      if (isPaused) this.#socket.pause()
      else this.#socket.resume()
    }
    if (this.#ending.stage !== "lingering") this.deadline.arm(awaited(this.#reader, this.output.queued))
  }

  #finish(): void {
    this.#ending.finish(this.#reader.hasEnded)
    if (this.#ending.stage === "lingering") this.deadline.linger()
  }

  #end(): void {
    this.#reader.isDeaf = true
    this.#ending.end()
  }
}

/** IPv4-mapped IPv6 written as IPv4. Empty when the client was gone before it was accepted. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return ""
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address
}
