import { LF } from "./bytes.ts"
import type { RequestFault } from "./fault.ts"
import type { RequestHead } from "./head.ts"
import { Input } from "./input.ts"
import { readRequestHead } from "./read-request.ts"
import { RequestBody } from "./server-body.ts"
import { Exchange } from "./server-exchange.ts"
import { FaultAnswer } from "./server-fault.ts"
import type { Hub } from "./server-hub.ts"
import type { Line } from "./server-line.ts"

/** Bytes unsent before the next request has to wait: a client that sends requests and reads no answers goes no further. */
const UNSENT = 64 * 1024

/** Heads and pieces of bodies read before all other connections get a turn: a client that sends without end would starve them. */
const MOST_STEPS = 128

/** Takes the requests out of what arrives on one connection, each after the answer to the one before. */
export class RequestReader {
  readonly input = new Input()
  /** The request that waits for the end of its answer. */
  exchange: Exchange | undefined
  /** The unreadable head that waits for its answer. */
  fault: FaultAnswer | undefined
  /** The body that comes next in the input, whether its exchange is over or not. */
  body: RequestBody | undefined
  /** The client ended its side of the connection. */
  hasEnded = false
  /** What else arrives cannot be told apart, or does not matter any more: it is dropped. */
  isDeaf = false
  /** Bytes dropped because of that. */
  dropped = 0
  readonly #line: Line
  readonly #hub: Hub
  /** Bytes of an incomplete head that were looked at already. */
  #scanned = 0
  /** Since others had a turn. */
  #steps = 0
  #isWaiting = false

  constructor(line: Line, hub: Hub) {
    this.#line = line
    this.#hub = hub
    this.exchange = undefined
    this.fault = undefined
    this.body = undefined
  }

  /** A request, or a head that is none, waits for its answer. */
  get isAnswering(): boolean {
    return this.exchange !== undefined || this.fault !== undefined
  }

  /** Does one thing with what has arrived. False: nothing can be done until something happens. May throw what a handler throws. */
  step(): boolean {
    if (this.isDeaf) {
      this.dropped += this.input.size
      this.input.clear()
      return false
    }
    if (this.#steps >= MOST_STEPS) return this.#waitForOthers()
    const went =
      this.body === undefined
        ? this.exchange === undefined && this.#line.output.queued <= UNSENT && this.#readHead()
        : this.#readBody(this.body)
    if (went) this.#steps++
    return went
  }

  #waitForOthers(): false {
    if (!this.#isWaiting) {
      this.#isWaiting = true
      setImmediate(() => {
        this.#isWaiting = false
        this.#steps = 0
        this.#line.turnSoon()
      })
    }
    return false
  }

  /** The handler wants the body. A request without one gets its end. */
  askBody(head: RequestHead): void {
    this.body ??= new RequestBody(head.framing)
    this.body.use = "asked"
  }

  /** Gives up the body of the request in progress if nobody has asked for it. False: no request can follow. */
  passUnasked(expectsContinue: boolean): boolean {
    const body = this.body
    if (this.isDeaf) return false
    if (body === undefined || body.use !== "none") return true
    // Such a client may send the body now or leave it out (RFC 9110 §10.1.1): what comes next cannot be told.
    if (expectsContinue && this.input.size === 0) return false
    return this.passBody()
  }

  /** Reads past what has arrived of the body, which nobody wants any more. False: no request can follow. */
  passBody(): boolean {
    const body = this.body
    if (body !== undefined && !this.isDeaf) {
      body.use = "dropped"
      body.isPaused = false
      while (this.body === body && this.#readBody(body));
    }
    return !this.isDeaf && (this.body === undefined || this.body.isShort)
  }

  /** The rest of the body cannot be read, and so nothing after it. */
  breakBody(fault: RequestFault): void {
    const isAsked = this.body?.use === "asked"
    this.body = undefined
    this.isDeaf = true
    const exchange = this.exchange
    if (exchange === undefined) this.#line.close(true)
    else {
      exchange.closes = true
      if (isAsked) exchange.handler?.onBodyFault(fault)
    }
  }

  refuse(fault: RequestFault, method?: string, path?: string): void {
    this.isDeaf = true
    this.fault = new FaultAnswer(this.#line, method, path)
    this.#hub.events.onFault(fault, this.fault)
  }

  #readHead(): boolean {
    const input = this.input
    if (this.#scanned === 0) input.skipLineEnds()
    if (input.size === 0) {
      if (this.hasEnded) this.#line.close(false)
      return false
    }
    if (!this.#isWorthReading()) return false
    const read = readRequestHead(input.bytes, input.from, input.to, this.#hub.limits)
    switch (read.kind) {
      case "more":
        this.#scanned = input.size
        if (this.hasEnded) this.refuse({ code: "cut", seen: "an end inside the head" })
        return false
      case "fault":
        this.refuse(read.fault, read.method, read.path)
        return false
      case "head":
        this.#scanned = 0
        input.from = read.end
        this.#begin(read.head)
        return true
    }
  }

  /** Only a further line makes a difference: a head that comes byte by byte is not read again with each. */
  #isWorthReading(): boolean {
    const { bytes, from, to, size } = this.input
    if (this.#scanned === 0 || this.hasEnded || size >= this.#hub.limits.headBytes) return true
    if (bytes.subarray(from + this.#scanned, to).includes(LF)) return true
    this.#scanned = size
    return false
  }

  #begin(head: RequestHead): void {
    const exchange = new Exchange(this.#line, head)
    this.exchange = exchange
    if (head.framing.kind !== "none") this.body = new RequestBody(head.framing)
    exchange.handler = this.#hub.events.onRequest(exchange)
  }

  #readBody(body: RequestBody): boolean {
    if (!body.isFlowing) return false
    const handler = body.use === "asked" ? this.exchange?.handler : undefined
    const piece = body.next(this.input)
    if (piece instanceof Uint8Array) handler?.onBody(piece)
    else if (piece === "end") {
      this.body = undefined
      handler?.onBodyEnd()
    } else if (piece !== "more") this.breakBody(piece)
    else if (this.hasEnded) this.breakBody({ code: "cut", seen: "an end inside the body" })
    else return false
    return true
  }
}
