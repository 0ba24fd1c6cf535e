import { AnswerReader } from "./answer-reader.ts"
import type { ClientLimits, Origin } from "./client.ts"
import { NEVER } from "./clock.ts"
import type { UpstreamFault } from "./fault.ts"
import { Output } from "./output.ts"
import { type Turning, turnLater } from "./turns.ts"
import type { UpstreamExchange } from "./upstream-exchange.ts"
import type { UpstreamLine } from "./upstream-line.ts"
import { UpstreamSocket } from "./upstream-socket.ts"
import type { UpstreamAwaited, UpstreamTiming } from "./upstream-timing.ts"

/** What a connection asks of the pool it belongs to. */
export interface Home {
  readonly limits: ClientLimits
  readonly timing: UpstreamTiming
  /** The current tick. */
  readonly now: number
  /** A connection is used for one exchange only. */
  readonly keepsNone: boolean
  readonly onError: (error: unknown) => void
  /** Sends the exchange on a fresh connection. */
  dial(exchange: UpstreamExchange): void
  /** The connection is free again. */
  release(connection: UpstreamConnection): void
  /** The connection is closed. */
  forget(connection: UpstreamConnection): void
}

/**
 * One connection to an upstream, with one exchange at a time. What is written before it stands waits in its output.
 *
 * Methods named `on…` may throw what a handler throws; whoever calls them passes it to `fail`.
 */
export class UpstreamConnection implements UpstreamLine, Turning {
  readonly origin: Origin
  readonly output: Output
  /** The tick at which `onDeadline` is due. */
  deadline = NEVER
  readonly #home: Home
  readonly #reader: AnswerReader
  readonly #socket = new UpstreamSocket()
  #exchange: UpstreamExchange | undefined
  /** It has carried an answer before, so that the upstream may have ended it meanwhile. */
  #isReused = false
  /** A byte came since the request was given. */
  #hasHeard = false
  #hasEnded = false
  #isBroken = false
  #isTurnDue = false

  constructor(home: Home, origin: Origin) {
    this.#home = home
    this.origin = origin
    this.output = new Output(this.#socket)
    this.#reader = new AnswerReader(home.limits)
    this.#exchange = undefined
  }

  /** Gives it a request. It must be free. */
  start(exchange: UpstreamExchange): void {
    exchange.connection = this
    this.#exchange = exchange
    this.#hasHeard = false
    this.#reader.expect(exchange.request.method)
    exchange.sendHead(this.output, this.#home.keepsNone)
    this.turnSoon()
  }

  turnSoon(): void {
    if (this.#isTurnDue) return
    this.#isTurnDue = true
    turnLater(this)
  }

  turn(): void {
    this.#isTurnDue = false
    try {
      this.output.flush()
      // Only `resume` and an end that came while paused leave something to be read.
      if (this.#hasHeard || this.#hasEnded) this.#run()
      this.#settle()
    } catch (error) {
      this.fail(error)
    }
  }

  // What the socket tells.

  onOpen(socket: Bun.Socket<UpstreamConnection>): void {
    if (this.#socket.accept(socket) && !this.origin.tls) this.#ready()
  }

  /** `distrust`: why the other side is not to be spoken to. */
  onHandshake(distrust: string | undefined): void {
    if (this.#socket.stage !== "connecting") return
    if (distrust === undefined) this.#ready()
    else this.#end({ code: "tls", seen: distrust })
  }

  onRefused(why: string): void {
    this.#end({ code: "unreachable", seen: why })
  }

  onData(bytes: Uint8Array): void {
    if (this.#socket.stage === "closed") return
    if (this.#exchange === undefined) {
      // Nobody asked: whatever it is, it must not become the answer to the next request.
      this.drop()
      return
    }
    this.#hasHeard = true
    this.#reader.input.add(bytes)
    this.#run()
    this.#settle()
  }

  onDrain(): void {
    if (this.#socket.stage !== "open") return
    this.output.drain()
    this.#tellDrain()
    this.#settle()
  }

  /** The TLS session broke: what follows is no orderly end. */
  onBroken(): void {
    this.#isBroken = true
  }

  onClose(isClean: boolean): void {
    const wasConnecting = this.#socket.stage === "connecting"
    this.#socket.stage = "closed"
    this.#leave()
    this.#hasEnded = true
    this.#isBroken ||= !isClean
    if (wasConnecting && this.#exchange !== undefined) this.#end({ code: "unreachable", seen: "an end at once" })
    else this.#run()
  }

  onDeadline(): void {
    const fault = this.#home.timing.fault(this.#awaited())
    if (fault === undefined) this.close()
    else this.#end(fault)
  }

  // Ends.

  /** Ends an idle connection in an orderly way. */
  close(): void {
    this.#leave()
    this.#socket.end()
  }

  drop(): void {
    this.#exchange = undefined
    if (this.#socket.stage === "closed") return
    this.#leave()
    this.#socket.terminate()
  }

  /** A handler threw. */
  fail(error: unknown): void {
    this.#exchange?.abort()
    this.#home.onError(error)
  }

  #leave(): void {
    this.deadline = NEVER
    this.output.drop()
    this.#home.forget(this)
  }

  #end(fault: UpstreamFault): void {
    const exchange = this.#exchange
    this.drop()
    if (exchange === undefined) return
    exchange.isOver = true
    exchange.handler.onFault(fault)
  }

  // Going on.

  #ready(): void {
    this.#socket.stage = "open"
    this.onDrain()
  }

  #tellDrain(): void {
    const exchange = this.#exchange
    if (exchange === undefined || !exchange.awaitsDrain || this.output.queued > 0) return
    exchange.awaitsDrain = false
    exchange.handler.onDrain()
  }

  /** Reads as far as what has arrived and the exchange allow. */
  #run(): void {
    const exchange = this.#exchange
    while (exchange !== undefined && exchange === this.#exchange && !exchange.isPaused) {
      const step = this.#reader.step(exchange.handler)
      if (step === "again") continue
      if (step === "end") this.#complete(exchange)
      else if (step !== "more") this.#end(step)
      else if (this.#hasEnded) this.#atEnd(exchange)
      return
    }
  }

  /** All that arrived is read, and the upstream has ended the connection. */
  #atEnd(exchange: UpstreamExchange): void {
    if (this.#isReused && !this.#hasHeard && exchange.isReplayable) {
      exchange.isRetried = true
      this.#exchange = undefined
      this.#home.dial(exchange)
      return
    }
    const end = this.#reader.atEnd(!this.#isBroken)
    if (end === "end") this.#complete(exchange)
    else this.#end(end)
  }

  #complete(exchange: UpstreamExchange): void {
    this.output.flush()
    exchange.isOver = true
    this.#exchange = undefined
    const isSent = exchange.isBodyDone && this.output.queued === 0
    const isFree = this.#socket.stage === "open" && this.#reader.isKept && isSent && this.#reader.input.size === 0
    if (isFree) {
      this.#isReused = true
      this.#settle()
      this.#home.release(this)
    } else if (this.#socket.stage !== "closed") {
      if (isSent) this.close()
      else this.drop()
    }
    try {
      exchange.handler.onEnd()
    } catch (error) {
      // Not for `fail`: another exchange may have begun in there.
      this.#home.onError(error)
    }
  }

  #settle(): void {
    if (this.#socket.stage === "closed") return
    this.#reader.input.settle()
    this.#socket.pause(this.#exchange?.isPaused === true)
    const what = this.#awaited()
    // From the first attempt on: what is written meanwhile does not prolong it.
    if (what === "connection" && this.deadline !== NEVER) return
    this.deadline = this.#home.now + this.#home.timing.ticks(what)
  }

  #awaited(): UpstreamAwaited {
    const exchange = this.#exchange
    if (this.#socket.stage === "connecting") return "connection"
    if (exchange === undefined) return "request"
    if (exchange.isPaused) return "caller"
    if (this.#reader.hasBegun) return "rest"
    return exchange.isBodyDone || this.output.queued > 0 ? "answer" : "caller"
  }
}
