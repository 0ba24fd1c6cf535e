import { ChunkedDecoder } from "./chunked.ts"
import type { ClientHandler } from "./client.ts"
import type { UpstreamFault } from "./fault.ts"
import type { ResponseHead } from "./head.ts"
import { Input } from "./input.ts"
import { type ResponseLimits, readResponseHead } from "./read-response.ts"

/** Interim answers one answer may have before it is taken for endless. */
const MOST_INTERIM = 32

/** `again`: there may be more to do. `more`: nothing can be done before more bytes come. `end`: the answer is whole. */
export type Step = "again" | "more" | "end" | UpstreamFault

/** Takes the answers out of what arrives on one connection. */
export class AnswerReader {
  readonly input = new Input()
  /** Whether the connection can be used again, as the answer in progress tells. */
  isKept = false
  #state: "head" | "sized" | "chunked" | "until-close" = "head"
  #left = 0
  #decoder: ChunkedDecoder | undefined
  #interims = 0
  #method = ""
  readonly #limits: ResponseLimits

  constructor(limits: ResponseLimits) {
    this.#limits = limits
    this.#decoder = undefined
  }

  /** A byte of the final answer came. */
  get hasBegun(): boolean {
    return this.#state !== "head" || this.input.size > 0
  }

  /** To be called before each answer. `method` is that of its request. */
  expect(method: string): void {
    this.#method = method
    this.#state = "head"
    this.#interims = 0
    this.isKept = false
  }

  /** Does one thing with what has arrived. May throw what the handler throws. */
  step(handler: ClientHandler): Step {
    if (this.input.size === 0 && !(this.#state === "sized" && this.#left === 0)) return "more"
    switch (this.#state) {
      case "head":
        return this.#readHead(handler)
      case "sized":
        return this.#readSized(handler)
      case "chunked":
        return this.#readChunked(handler)
      case "until-close":
        handler.onData(this.input.take(this.input.size))
        return "again"
    }
  }

  /** What it means that no more bytes come. `isClean`: the upstream ended the connection in an orderly way. */
  atEnd(isClean: boolean): "end" | UpstreamFault {
    if (this.#state === "until-close" && isClean) return "end"
    if (this.#state !== "head") return { code: "cut", seen: "an end inside the body" }
    if (this.hasBegun) return { code: "cut", seen: "an end inside the head" }
    return { code: "reset", seen: isClean ? "an end before an answer" : "a reset before an answer" }
  }

  #readHead(handler: ClientHandler): Step {
    const { input } = this
    const read = readResponseHead(input.bytes, input.from, input.to, this.#limits, this.#method)
    switch (read.kind) {
      case "more":
        return "more"
      case "fault":
        return read.fault
      case "head":
        input.from = read.end
        return read.head.status < 200 ? this.#interim(read.head, handler) : this.#begin(read.head, handler)
    }
  }

  #interim(head: ResponseHead, handler: ClientHandler): Step {
    // The client never asks for another protocol.
    if (head.status === 101) return { code: "malformed", seen: "101 without an Upgrade" }
    this.#interims++
    if (this.#interims > MOST_INTERIM) return { code: "malformed", seen: `more than ${MOST_INTERIM} interim answers` }
    handler.onInterim(head)
    return "again"
  }

  #begin(head: ResponseHead, handler: ClientHandler): Step {
    const { framing } = head
    this.isKept = head.keepAlive
    this.#left = framing.kind === "sized" ? framing.length : 0
    this.#decoder = framing.kind === "chunked" ? new ChunkedDecoder() : undefined
    this.#state = framing.kind === "none" ? "sized" : framing.kind
    handler.onHead(head)
    return "again"
  }

  #readSized(handler: ClientHandler): Step {
    if (this.#left === 0) return "end"
    const piece = this.input.take(this.#left)
    this.#left -= piece.length
    handler.onData(piece)
    return "again"
  }

  #readChunked(handler: ClientHandler): Step {
    const { input } = this
    const decoder = this.#decoder
    if (decoder === undefined || decoder.isDone) return "end"
    const { bytes } = input
    input.from = decoder.read(bytes, input.from, input.to)
    if (decoder.fault !== undefined) return { code: "malformed", seen: decoder.fault.seen }
    if (decoder.dataTo > decoder.dataFrom) handler.onData(bytes.subarray(decoder.dataFrom, decoder.dataTo))
    return decoder.isDone ? "end" : "again"
  }
}
