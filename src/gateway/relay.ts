import type { Permit } from "../decision/decide.ts"
import type { World } from "../facts/world.ts"
import type { ClientExchange, ClientHandler, ClientRequest } from "../http/client.ts"
import type { UpstreamFault } from "../http/fault.ts"
import type { Framing, ResponseHead } from "../http/head.ts"
import type { BodySink, Call } from "./call.ts"
import { httpDate } from "./http-date.ts"
import { receivedStatus } from "./proxy-status.ts"
import { rateLines } from "./rate-fields.ts"
import { returnedLines } from "./relayed-fields.ts"

/** Carries one permitted request to its upstream and the answer back, each way as fast as the slower side takes it. */
export class Relay implements BodySink, ClientHandler {
  readonly #call: Call
  readonly #permit: Permit<World>
  #upstream: ClientExchange | undefined
  /** A body of unknown length is judged as it grows. */
  readonly #grows: boolean
  #status = 0

  constructor(call: Call, permit: Permit<World>) {
    this.#call = call
    this.#permit = permit
    this.#grows = call.exchange.head.framing.kind === "chunked"
  }

  send(request: ClientRequest): void {
    this.#upstream = this.#call.running.outside.client.send(request, this)
  }

  endBody(): void {
    this.#upstream?.endBody()
  }

  onBody(bytes: Uint8Array): void {
    if (this.#grows && this.#isTooMuch()) return
    if (this.#upstream?.write(bytes) === false) this.#call.exchange.pauseBody()
  }

  onBodyEnd(): void {
    this.#upstream?.endBody()
  }

  onCallerDrain(): void {
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
    const { status } = head
    this.#status = status
    call.upstreamStatus = status
    call.answered = true
    call.exchangeOpen = true
    let lines = `HTTP/1.1 ${status} ${head.reason}\r\n${returnedLines(head.fields)}`
    if (head.fields.get("date") === undefined) lines += `Date: ${httpDate(call.now)}\r\n`
    lines += `Pinpoint-Decision: ${call.decision}\r\nX-Request-Id: ${call.requestId}\r\n`
    if (status >= 400) lines += `Proxy-Status: ${receivedStatus(status)}\r\n`
    if (call.metering !== undefined) lines += rateLines(call.metering)
    call.exchange.begin(status, lines, returnedFraming(head, call.method))
  }

  onData(bytes: Uint8Array): void {
    if (!this.#call.exchange.write(bytes)) this.#upstream?.pause()
  }

  onEnd(): void {
    this.#call.exchange.end()
    this.#call.completed(this.#permit, this.#status)
  }

  onFault(fault: UpstreamFault): void {
    this.#call.upstreamFailed(fault)
  }

  #isTooMuch(): boolean {
    const verdict = this.#call.judge("body")
    if (verdict.kind !== "deny") return false
    this.#upstream?.abort()
    this.#call.deny(verdict, "body")
    return true
  }
}

/** An answer without a length is sent on in chunks, so that its end can be told from a cut. `5, 5` is a length, too. */
function returnedFraming({ framing, fields }: ResponseHead, method: string): Exclude<Framing, { kind: "until-close" }> {
  if (framing.kind === "until-close") return { kind: "chunked" }
  const length = method === "HEAD" ? fields.get("content-length") : undefined
  return length === undefined ? framing : { kind: "sized", length: Number.parseInt(length, 10) }
}
