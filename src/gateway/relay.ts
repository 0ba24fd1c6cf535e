import type { Permit } from "../decision/decide.ts"
import type { World } from "../facts/world.ts"
import type { ClientExchange, ClientHandler, ClientRequest } from "../http/client.ts"
import type { UpstreamFault } from "../http/fault.ts"
import type { Framing, ResponseHead } from "../http/head.ts"
import type { BodySink } from "./body-sink.ts"
import type { Call } from "./call.ts"
import type { Ending } from "./ending.ts"
import { httpDate } from "./http-date.ts"
import { receivedStatus } from "./proxy-status.ts"
import { rateLines } from "./rate-fields.ts"
import { RefusalSeen } from "./refusal-seen.ts"
import { returnedLines } from "./relayed-fields.ts"

/** Pieces of an answer passed on before others have a turn. */
const MOST_PIECES = 128

/** Carries one permitted request to its upstream and the answer back, each way as fast as the slower side takes it. */
export class Relay implements BodySink, ClientHandler {
  readonly #call: Call
  readonly #permit: Permit<World>
  readonly #ending: Ending
  #upstream: ClientExchange | undefined
  /** A body of unknown length is judged as it grows. */
  readonly #grows: boolean
  #isCallerFull = false
  /** Of the answer, so far. */
  #pieces = 0

  constructor(call: Call, permit: Permit<World>, ending: Ending) {
    this.#call = call
    this.#permit = permit
    this.#ending = ending
    this.#grows = call.exchange.head.framing.kind === "chunked"
  }

  send(request: ClientRequest): void {
    this.#upstream = this.#call.running.outside.client.send(request, this)
  }

  endBody(): void {
    this.#upstream?.endBody()
  }

  onBody(bytes: Uint8Array): void {
    if (this.#grows && !this.#ending.bodyGrew()) return
    if (this.#upstream?.write(bytes) === false) this.#call.exchange.pauseBody()
  }

  onBodyEnd(): void {
    this.#upstream?.endBody()
  }

  onCallerDrain(): void {
    this.#isCallerFull = false
    this.#upstream?.resume()
  }

  /** The upstream takes more of the body. */
  onDrain(): void {
    this.#call.exchange.resumeBody()
  }

  onAbort(): void {
    this.#upstream?.abort()
  }

  onInterim(head: ResponseHead): void {
    // The gateway itself says that when it wants the body, and no upstream is asked for it.
    if (head.status === 100) return
    this.#call.exchange.interim(`HTTP/1.1 ${head.status} ${head.reason}\r\n${returnedLines(head.fields)}`)
  }

  onHead(head: ResponseHead): void {
    const call = this.#call
    call.upstreamStatus = head.status
    if (head.status === 403) call.refusalSeen = new RefusalSeen(head)
    call.answered = true
    call.exchangeOpen = true
    try {
      call.exchange.begin(head.status, returnedHead(call, head), returnedFraming(head, call.method))
    } catch (fault) {
      this.#ending.failed(fault)
    }
  }

  onData(bytes: Uint8Array): void {
    this.#call.refusalSeen?.add(bytes)
    this.#pieces++
    this.#isCallerFull = !this.#call.exchange.write(bytes)
    if (this.#isCallerFull) this.#upstream?.pause()
    else if (this.#pieces % MOST_PIECES === 0) this.#letOthers()
  }

  /** An upstream that sends one byte at a time and never ends would keep this thread from everyone else. */
  #letOthers(): void {
    this.#upstream?.pause()
    setImmediate(() => {
      if (!this.#isCallerFull) this.#upstream?.resume()
    })
  }

  onEnd(): void {
    try {
      this.#call.exchange.end()
      this.#ending.completed(this.#permit, this.#call.upstreamStatus ?? 0)
    } catch (fault) {
      this.#ending.failed(fault)
    }
  }

  onFault(fault: UpstreamFault): void {
    try {
      this.#ending.upstreamFailed(fault)
    } catch (own) {
      this.#ending.failed(own)
    }
  }
}

function returnedHead(call: Call, { status, reason, fields }: ResponseHead): string {
  let lines = `HTTP/1.1 ${status} ${reason}\r\n${returnedLines(fields)}`
  if (fields.get("date") === undefined) lines += `Date: ${httpDate(call.now)}\r\n`
  lines += `Pinpoint-Decision: ${call.decision}\r\nX-Request-Id: ${call.requestId}\r\n`
  if (status >= 400) lines += `Proxy-Status: ${receivedStatus(status)}\r\n`
  return call.metering === undefined ? lines : lines + rateLines(call.metering)
}

/** An answer without a length is sent on in chunks, so that its end can be told from a cut. `5, 5` is a length, too. */
function returnedFraming({ framing, fields }: ResponseHead, method: string): Exclude<Framing, { kind: "until-close" }> {
  if (framing.kind === "until-close") return { kind: "chunked" }
  const length = method === "HEAD" ? fields.get("content-length") : undefined
  return length === undefined ? framing : { kind: "sized", length: Number.parseInt(length, 10) }
}
