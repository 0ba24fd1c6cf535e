import { AnswerReader } from "./answer-reader.ts"
import type { Origin } from "./client.ts"
import { NEVER } from "./clock.ts"
import type { UpstreamFault } from "./fault.ts"
import { Output, type Sink } from "./output.ts"
import type { Pool } from "./pool.ts"
import { seen } from "./seen.ts"
import { type Turning, turnLater } from "./turns.ts"
import type { UpstreamExchange } from "./upstream-exchange.ts"

/**
 * One connection to an upstream, with one exchange at a time. What is written before it stands waits in its output.
 *
 * Methods named `on…` may throw what a handler throws; whoever calls them passes it to `fail`.
 */
export class UpstreamConnection implements Sink, Turning {
  readonly origin: Origin
  readonly output: Output
  /** The tick at which `onDeadline` is due. */
  deadline = NEVER
  readonly #pool: Pool
  readonly #reader: AnswerReader
  #socket: Bun.Socket<UpstreamConnection> | undefined
  #exchange: UpstreamExchange | undefined
  #stage: "connecting" | "open" | "closed" = "connecting"
  /** It has carried an answer before, so that the upstream may have ended it meanwhile. */
  #isReused = false
  /** A byte came since the request was given. */
  #hasHeard = false
  #hasEnded = false
  #isBroken = false
  #isPaused = false
  #isTurnDue = false

  constructor(pool: Pool, origin: Origin) {
    this.#pool = pool
    this.origin = origin
    this.output = new Output(this)
    this.#reader = new AnswerReader(pool.limits)
    this.#socket = undefined
    this.#exchange = undefined
  }

  /** Gives it a request. It must be free. */
  start(exchange: UpstreamExchange): void {
    exchange.connection = this
    this.#exchange = exchange
    this.#hasHeard = false
    this.#reader.expect(exchange.request.method)
    exchange.sendHead(this.output)
    this.turnSoon()
  }

  write(bytes: Uint8Array, from: number, length: number): number {
    // Bun would queue without a bound before a handshake is done.
    if (this.#stage === "connecting" || this.#socket === undefined) return 0
    return this.#socket.write(bytes, from, length)
  }

  /** See `turnLater`: sends what was written and reads on where that was paused. */
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
    if (this.#stage === "closed") {
      socket.terminate()
      return
    }
    this.#socket = socket
    if (!this.origin.tls) this.#ready()
  }

  onHandshake(error: Error | null): void {
    if (this.#stage !== "connecting") return
    if (error === null) this.#ready()
    else this.#end({ code: "tls", seen: describe(error) })
  }

  onRefused(error: unknown): void {
    this.#end({ code: "unreachable", seen: describe(error) })
  }

  onData(bytes: Uint8Array): void {
    if (this.#stage === "closed") return
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
    if (this.#stage !== "open") return
    this.output.drain()
    this.#tellDrain()
    this.#settle()
  }

  /** The TLS session broke: what follows is no orderly end. */
  onBroken(): void {
    this.#isBroken = true
  }

  onClose(isClean: boolean): void {
    const wasConnecting = this.#stage === "connecting"
    this.#leave()
    this.#hasEnded = true
    this.#isBroken ||= !isClean
    if (wasConnecting && this.#exchange !== undefined) this.#end({ code: "unreachable", seen: "an end at once" })
    else this.#run()
  }

  onDeadline(): void {
    const { connectTimeout, answerTimeout, stallTimeout } = this.#pool.limits
    if (this.#exchange === undefined) this.close()
    else if (this.#stage === "connecting") {
      this.#end({ code: "connect-timeout", seen: `no connection in ${connectTimeout} ms` })
    } else if (this.#reader.hasBegun) this.#end({ code: "stalled", seen: `no byte for ${stallTimeout} ms` })
    else this.#end({ code: "timeout", seen: `no answer in ${answerTimeout} ms` })
  }

  // Ends.

  /** Ends an idle connection in an orderly way. */
  close(): void {
    const socket = this.#socket
    const isOpen = this.#stage === "open"
    this.#leave()
    if (isOpen) socket?.end()
  }

  /** Ends it at once. No more events follow. */
  drop(): void {
    this.#exchange = undefined
    if (this.#stage === "closed") return
    this.#leave()
    this.#socket?.terminate()
  }

  /** A handler threw. */
  fail(error: unknown): void {
    this.#exchange?.abort()
    this.#pool.onError(error)
  }

  #leave(): void {
    this.#stage = "closed"
    this.deadline = NEVER
    this.output.drop()
    this.#pool.forget(this)
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
    this.#stage = "open"
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
      this.#pool.dial(exchange)
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
    const isFree = this.#stage === "open" && this.#reader.isKept && isSent && this.#reader.input.size === 0
    if (isFree) {
      this.#isReused = true
      this.#settle()
      this.#pool.release(this)
    } else if (this.#stage !== "closed") {
      if (isSent) this.close()
      else this.drop()
    }
    try {
      exchange.handler.onEnd()
    } catch (error) {
      // Not for `fail`: another exchange may have begun in there.
      this.#pool.onError(error)
    }
  }

  #settle(): void {
    if (this.#stage === "closed") return
    this.#reader.input.settle()
    const isPaused = this.#exchange?.isPaused === true
    if (this.#stage === "open" && isPaused !== this.#isPaused) {
      this.#isPaused = isPaused
      if (isPaused) this.#socket?.pause()
      else this.#socket?.resume()
    }
    this.#arm()
  }

  #arm(): void {
    const exchange = this.#exchange
    const pool = this.#pool
    if (this.#stage === "connecting") {
      if (this.deadline === NEVER) this.deadline = pool.now + pool.connectTicks
    } else if (exchange === undefined) this.deadline = pool.now + pool.idleTicks
    else if (exchange.isPaused) this.deadline = NEVER
    else if (this.#reader.hasBegun) this.deadline = pool.now + pool.stallTicks
    // While the caller is the one who is waited for, no answer can be late.
    else if (exchange.isBodyDone || this.output.queued > 0) this.deadline = pool.now + pool.answerTicks
    else this.deadline = NEVER
  }
}

/** Codes such as ECONNREFUSED say more than their messages, which hold line ends. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given"
  return seen("code" in error && typeof error.code === "string" ? error.code : error.message)
}
