import { ServerFault } from "../../adapters/mcp/peer.ts"
import type { Permit } from "../../decision/decide.ts"
import type { World } from "../../facts/world.ts"
import { eventOf } from "../../mcp/event-stream.ts"
import { type Outcome, type RequestId, RPC, responseText } from "../../mcp/message.ts"
import type { BodySink } from "../body-sink.ts"
import type { Call } from "../call.ts"
import type { Ending } from "../ending.ts"
import { httpDate } from "../http-date.ts"
import { rateLines } from "../rate-fields.ts"
import { reasonOf } from "../reason.ts"
import type { Reply } from "./reply.ts"

/** Bytes that may wait for a caller who does not read them. */
const MOST_WAITING = 16 * 1024 * 1024
/** Milliseconds between two signs of life on a stream that says nothing. */
const TO_SIGN = 15_000

/** The answer to one request at the endpoint: one JSON text, or from the first message on a stream of events. */
export class Answer implements BodySink, Reply {
  /** The caller went away before the answer was whole. */
  onGone: () => void = () => undefined
  isOver = false
  readonly #call: Call
  readonly #permit: Permit<World>
  readonly #ending: Ending
  readonly #id: RequestId | undefined
  #isStream = false
  #waiting = 0
  #signs: ReturnType<typeof setInterval> | undefined

  constructor(call: Call, permit: Permit<World>, ending: Ending, id: RequestId | undefined) {
    this.#call = call
    this.#permit = permit
    this.#ending = ending
    this.#id = id
    this.#signs = undefined
    call.sink = this
  }

  get isStream(): boolean {
    return this.#isStream
  }

  /** Begins the stream where it has not begun. */
  stream(): void {
    if (this.isOver || this.#isStream) return
    const { exchange } = this.#call
    const more = "Content-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Accel-Buffering: no\r\n"
    this.#begun()
    exchange.begin(200, this.#head(200) + more, { kind: "chunked" })
    this.#isStream = true
    this.#signs = setInterval(() => this.#write(":\n\n"), TO_SIGN)
  }

  send(message: string): boolean {
    if (this.isOver) return false
    this.stream()
    this.#write(eventOf(message))
    return !this.isOver
  }

  /** The answer to the request, which ends it. */
  finish(outcome: Outcome, fields = ""): void {
    if (this.isOver || this.#id === undefined) return
    const text = responseText(this.#id, outcome)
    if (this.#isStream) {
      this.#write(eventOf(text))
      this.end()
      return
    }
    this.#reply(statusOf(outcome, this.#isStateless()), `Content-Type: application/json\r\n${fields}`, text)
  }

  /** A message that asks for no answer was taken. */
  accepted(): void {
    if (!this.isOver) this.#reply(202, "", "")
  }

  /** The session is over, as was asked. */
  ended(): void {
    if (!this.isOver) this.#reply(204, "", "")
  }

  /** Ends without an answer of its own: a stream, or a request whose client wants none any more. */
  end(): void {
    if (this.isOver) return
    if (!this.#isStream) this.stream()
    this.#over()
    this.#call.exchange.end()
    this.#ending.completed(this.#permit, 200)
  }

  fail(error: unknown): void {
    if (this.isOver) return
    this.#over()
    if (error instanceof ServerFault) this.#ending.upstreamFailed({ code: error.code, seen: error.seen })
    else this.#ending.failed(error)
  }

  onBody(): void {
    // It was read whole before.
  }

  onBodyEnd(): void {
    // It was read whole before.
  }

  onCallerDrain(): void {
    this.#waiting = 0
  }

  onAbort(): void {
    if (this.isOver) return
    this.#over()
    this.onGone()
  }

  #isStateless(): boolean {
    return this.#call.mcp?.asked?.kind === "stateless"
  }

  #reply(status: number, fields: string, body: string): void {
    this.#over()
    this.#begun()
    this.#call.exchange.reply(status, this.#head(status) + fields, body)
    this.#ending.completed(this.#permit, status)
  }

  #begun(): void {
    this.#call.answered = true
    this.#call.exchangeOpen = true
  }

  #over(): void {
    this.isOver = true
    clearInterval(this.#signs)
  }

  #write(text: string): void {
    if (this.isOver) return
    const bytes = Buffer.from(text)
    if (this.#call.exchange.write(bytes)) return
    this.#waiting += bytes.length
    if (this.#waiting <= MOST_WAITING) return
    this.#over()
    this.#call.exchange.cut()
    this.onGone()
    this.#ending.completed(this.#permit, 200)
  }

  #head(status: number): string {
    const { now, decision, requestId, metering } = this.#call
    const rate = metering === undefined ? "" : rateLines(metering)
    return `HTTP/1.1 ${status} ${reasonOf(status)}\r\nDate: ${httpDate(now)}\r\nPinpoint-Decision: ${decision}\r\nX-Request-Id: ${requestId}\r\n${rate}`
  }
}

/** The statuses that the stateless revision asks for with its errors; all else is an answer (Streamable HTTP). */
function statusOf(outcome: Outcome, isStateless: boolean): number {
  if (outcome.kind === "result" || !isStateless) return 200
  switch (outcome.error.code) {
    case RPC.methodNotFound:
      return 404
    case RPC.headerMismatch:
    case RPC.missingCapability:
    case RPC.unsupportedVersion:
      return 400
    default:
      return 200
  }
}
