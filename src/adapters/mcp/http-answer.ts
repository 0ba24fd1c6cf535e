import type { Client, ClientExchange, ClientHandler, Origin } from "../../http/client.ts"
import type { UpstreamFault } from "../../http/fault.ts"
import type { ResponseHead } from "../../http/head.ts"
import { EventReader } from "../../mcp/event-stream.ts"
import { readJson, readJsonBytes } from "../../mcp/json.ts"
import { type Message, readMessage, type Unreadable } from "../../mcp/message.ts"
import { GrowingBytes } from "../../models/framing/growing-bytes.ts"
import { ServerFault } from "./peer.ts"

/** Bytes of an answer that is one JSON text. */
const LARGEST = 32 * 1024 * 1024

/** A server reached over HTTP. */
export interface HttpTarget {
  readonly client: Client
  readonly origin: Origin
  /** With its query. */
  readonly path: string
  /** Of the configuration; may hold secrets. */
  readonly headers: Readonly<Record<string, string>>
}

export interface HttpAsked {
  readonly method: "GET" | "POST" | "DELETE"
  readonly fields: readonly (readonly [string, string])[]
  /** Empty for none. */
  readonly body: string
}

/** What an answer tells, in its order; `onEnd` or `onFault` is the last. */
export interface HttpAnswerEvents {
  onHead(head: ResponseHead): void
  onMessage(message: Message): void
  /** The whole answer came. `stream`: it was a stream of events, which may have said where it can be taken up again. */
  onEnd(stream: EventReader | undefined): void
  /** Nothing more comes. */
  onFault(fault: ServerFault, stream: EventReader | undefined): void
}

/** One HTTP request of the streamable HTTP transport, and its answer read as messages, be it JSON or a stream of events. */
export class HttpAnswer implements ClientHandler {
  readonly #events: HttpAnswerEvents
  readonly #exchange: ClientExchange
  #status = 0
  #kind: "json" | "stream" | "other" = "other"
  #stream: EventReader | undefined
  readonly #held = new GrowingBytes()
  #size = 0
  #isOver = false

  constructor(target: HttpTarget, asked: HttpAsked, events: HttpAnswerEvents) {
    this.#events = events
    this.#stream = undefined
    const body = Buffer.from(asked.body)
    this.#exchange = target.client.send(
      {
        origin: target.origin,
        method: asked.method,
        head: headOf(target, asked),
        framing:
          body.length === 0 && asked.method !== "POST" ? { kind: "none" } : { kind: "sized", length: body.length },
        replayable: asked.method === "GET",
      },
      this,
    )
    if (body.length > 0) this.#exchange.write(body)
    this.#exchange.endBody()
  }

  abort(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#exchange.abort()
  }

  onInterim(): void {
    // Says nothing of the protocol.
  }

  onHead(head: ResponseHead): void {
    this.#status = head.status
    const type = head.fields.get("content-type")?.split(";")[0]?.trim().toLowerCase()
    if (type === "application/json") this.#kind = "json"
    else if (type === "text/event-stream") {
      this.#kind = "stream"
      this.#stream = new EventReader(({ data }) => this.#onEvent(data))
    }
    this.#events.onHead(head)
  }

  onData(bytes: Uint8Array): void {
    if (this.#isOver) return
    if (this.#stream !== undefined) {
      if (!this.#stream.push(bytes)) this.#fail("malformed", "an event larger than any message may be")
      return
    }
    this.#size += bytes.length
    if (this.#size > LARGEST) this.#fail("malformed", `an answer of more than ${LARGEST} bytes`)
    else if (this.#kind === "json") this.#held.add(bytes)
  }

  onEnd(): void {
    if (this.#isOver) return
    if (this.#kind === "json" && this.#size > 0) {
      this.#tell(readMessage(readJsonBytes(this.#held.take())))
      if (this.#isOver) return
    } else if (this.#kind === "other" && (this.#status >= 300 || (this.#status !== 202 && this.#size > 0))) {
      this.#fail("malformed", `an answer of status ${this.#status} that is no message`)
      return
    }
    this.#isOver = true
    this.#events.onEnd(this.#stream)
  }

  onFault({ code, seen }: UpstreamFault): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#events.onFault(new ServerFault(code, seen), this.#stream)
  }

  onDrain(): void {
    // The whole body was handed over at once.
  }

  #onEvent(data: string): void {
    // An empty event only says from where the stream can be taken up again.
    if (data !== "" && !this.#isOver) this.#tell(readMessage(readJson(data)))
  }

  #tell(message: Message | Unreadable): void {
    if (message.kind === "unreadable") this.#fail("malformed", `an answer of status ${this.#status}: ${message.seen}`)
    else this.#events.onMessage(message)
  }

  #fail(code: "malformed", seen: string): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#exchange.abort()
    this.#events.onFault(new ServerFault(code, seen), undefined)
  }
}

function headOf({ origin, path, headers }: HttpTarget, { method, fields }: HttpAsked): string {
  let head = `${method} ${path} HTTP/1.1\r\nHost: ${origin.authority}\r\n`
  head += method === "POST" ? "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" : ""
  head += method === "GET" ? "Accept: text/event-stream\r\n" : ""
  for (const [name, value] of fields) head += `${name}: ${value}\r\n`
  for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
  return head
}
