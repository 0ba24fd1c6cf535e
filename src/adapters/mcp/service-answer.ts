import type { Client, ClientExchange, ClientHandler, Origin } from "../../http/client.ts"
import type { UpstreamFault } from "../../http/fault.ts"
import type { ResponseHead } from "../../http/head.ts"
import { GrowingBytes } from "../../models/framing/growing-bytes.ts"
import { ServerFault } from "./peer.ts"

/** Bytes of an answer that are given to a model. */
const LARGEST = 4 * 1024 * 1024

export interface ServiceRequest {
  readonly method: string
  readonly target: string
  readonly fields: readonly (readonly [string, string])[]
  readonly body: string | undefined
}

export interface ServiceReply {
  readonly status: number
  /** In lower case, without parameters; empty for none. */
  readonly type: string
  readonly body: string
}

/** One request to an HTTP service, and its whole answer as text. */
export class ServiceAnswer implements ClientHandler {
  /** Rejects with a `ServerFault`. */
  readonly reply: Promise<ServiceReply>
  readonly #exchange: ClientExchange
  readonly #resolve: (reply: ServiceReply) => void
  readonly #reject: (fault: ServerFault) => void
  #status = 0
  #type = ""
  readonly #held = new GrowingBytes()

  constructor(
    client: Client,
    origin: Origin,
    headers: Readonly<Record<string, string>>,
    { method, target, fields, body }: ServiceRequest,
  ) {
    const { promise, resolve, reject } = Promise.withResolvers<ServiceReply>()
    promise.catch(() => undefined)
    this.reply = promise
    this.#resolve = resolve
    this.#reject = reject
    let head = `${method} ${target} HTTP/1.1\r\nHost: ${origin.authority}\r\nAccept: application/json, text/*;q=0.9, */*;q=0.1\r\n`
    // An argument never stands beside what the configuration says, which may be a credential.
    const own = new Set(Object.keys(headers).map((it) => it.toLowerCase()))
    for (const [name, value] of fields) if (!own.has(name.toLowerCase())) head += `${name}: ${value}\r\n`
    for (const [name, value] of Object.entries(headers)) head += `${name}: ${value}\r\n`
    const bytes = body === undefined ? undefined : Buffer.from(body)
    this.#exchange = client.send(
      {
        origin,
        method,
        head,
        framing: bytes === undefined ? { kind: "none" } : { kind: "sized", length: bytes.length },
        replayable: method === "GET",
      },
      this,
    )
    if (bytes !== undefined && bytes.length > 0) this.#exchange.write(bytes)
    this.#exchange.endBody()
  }

  abort(reason: string): void {
    this.#exchange.abort()
    this.#reject(new ServerFault("cut", reason))
  }

  onInterim(): void {
    // Says nothing of the answer.
  }

  onHead({ status, fields }: ResponseHead): void {
    this.#status = status
    this.#type = fields.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? ""
  }

  onData(bytes: Uint8Array): void {
    if (this.#held.length + bytes.length <= LARGEST) this.#held.add(bytes)
    else {
      this.#exchange.abort()
      this.#reject(new ServerFault("malformed", `an answer of more than ${LARGEST} bytes`))
    }
  }

  onEnd(): void {
    this.#resolve({ status: this.#status, type: this.#type, body: this.#held.take().toString("utf8") })
  }

  onFault({ code, seen }: UpstreamFault): void {
    this.#reject(new ServerFault(code, seen))
  }

  onDrain(): void {
    // The whole body was handed over at once.
  }
}
