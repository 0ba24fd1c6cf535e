import type { Client, ClientExchange, ClientHandler, ClientLimits, ClientRequest, Origin } from "./client.ts"
import { type ConnectOptions, createClient } from "./connect.ts"
import type { UpstreamFault } from "./fault.ts"
import type { ResponseHead } from "./head.ts"

/** Long enough never to be reached by a test that is about something else. */
const LIMITS: ClientLimits = {
  connectTimeout: 60_000,
  answerTimeout: 60_000,
  stallTimeout: 60_000,
  idleTimeout: 60_000,
  idlePerOrigin: 8,
  headBytes: 16 * 1024,
  fields: 100,
}

/** Something that happens later, for those who wait for it. */
class Wait {
  #wake: (() => void)[] = []

  happened(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#wake.push(resolve))
  }
}

/** One connection as an upstream sees it. */
export class Peer {
  received = ""
  isClosed = false
  readonly #socket: Bun.Socket<Peer>
  readonly #wait = new Wait()
  #queue: Uint8Array = new Uint8Array(0)

  constructor(socket: Bun.Socket<Peer>) {
    this.#socket = socket
  }

  /** Whatever the kernel does not take follows when it does. */
  send(data: string | Uint8Array): this {
    const bytes = typeof data === "string" ? Buffer.from(data, "latin1") : data
    this.#queue = Buffer.concat([this.#queue, bytes])
    this.flush()
    return this
  }

  flush(): void {
    const sent = this.#queue.length === 0 ? 0 : this.#socket.write(this.#queue)
    if (sent > 0) this.#queue = this.#queue.subarray(sent)
  }

  get unsent(): number {
    return this.#queue.length
  }

  end(): void {
    this.#socket.end()
  }

  reset(): void {
    this.#socket.terminate()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  happened(): void {
    this.#wait.happened()
  }

  /** Resolves when so much was received. */
  sees(text: string): Promise<void> {
    return this.#wait.until(() => this.received.includes(text))
  }

  seesBytes(count: number): Promise<void> {
    return this.#wait.until(() => this.received.length >= count)
  }

  closed(): Promise<void> {
    return this.#wait.until(() => this.isClosed)
  }
}

/** An upstream whose every byte a test decides. */
export class Upstream {
  readonly peers: Peer[] = []
  readonly origin: Origin
  readonly #listener: Bun.TCPSocketListener<Peer>
  readonly #wait = new Wait()

  constructor(onData: (peer: Peer, text: string) => void = () => undefined, tls?: Bun.TLSOptions) {
    this.#listener = Bun.listen<Peer>({
      hostname: "127.0.0.1",
      port: 0,
      ...(tls === undefined ? {} : { tls }),
      socket: {
        open: (socket) => {
          socket.data = new Peer(socket)
          this.peers.push(socket.data)
          this.#wait.happened()
        },
        data: (socket, bytes) => {
          const text = bytes.toString("latin1")
          socket.data.received += text
          onData(socket.data, text)
          socket.data.happened()
        },
        drain: (socket) => socket.data.flush(),
        close: (socket) => {
          socket.data.isClosed = true
          socket.data.happened()
        },
        error: () => undefined,
      },
    })
    this.origin = originAt(this.#listener.port, tls !== undefined)
    upstreams.push(this)
  }

  /** The connection of that number, counted from 0, once it is there. */
  async peer(at: number): Promise<Peer> {
    await this.#wait.until(() => this.peers.length > at)
    const peer = this.peers[at]
    if (peer === undefined) throw new Error("no such peer")
    return peer
  }

  stop(): void {
    this.#listener.stop(true)
  }
}

export function originAt(port: number, tls = false, hostname = "127.0.0.1"): Origin {
  const scheme = tls ? "https" : "http"
  return { id: `${scheme}://${hostname}:${port}`, hostname, port, tls, authority: `${hostname}:${port}` }
}

/** Answers every request that has no body with what is given. */
export function answering(answer: string, tls?: Bun.TLSOptions): Upstream {
  return new Upstream((peer, text) => {
    if (text.endsWith("\r\n\r\n")) peer.send(answer)
  }, tls)
}

/** Writes down what one request is told. */
export class Listener implements ClientHandler {
  /** `100`, `head 200`, `data`, `end`, `drain` or a fault's code; `data` once for data in a row. */
  readonly events: string[] = []
  head: ResponseHead | undefined
  fault: UpstreamFault | undefined
  body = ""
  bytes = 0
  keepsBody = true
  onEvent: (event: string) => void = () => undefined
  readonly #wait = new Wait()

  onInterim(head: ResponseHead): void {
    this.#note(String(head.status))
  }
  onHead(head: ResponseHead): void {
    this.head = head
    this.#note(`head ${head.status}`)
  }
  onData(bytes: Uint8Array): void {
    this.bytes += bytes.length
    if (this.keepsBody) this.body += Buffer.from(bytes).toString("latin1")
    if (this.events.at(-1) === "data") this.onEvent("data")
    else this.#note("data")
    this.#wait.happened()
  }
  onEnd(): void {
    this.#note("end")
  }
  onFault(fault: UpstreamFault): void {
    this.fault = fault
    this.#note(fault.code)
  }
  onDrain(): void {
    this.#note("drain")
  }

  /** Resolves with all events once the answer ended one way or the other. */
  async done(): Promise<string[]> {
    await this.#wait.until(() => this.fault !== undefined || this.events.includes("end"))
    return this.events
  }

  sees(event: string): Promise<void> {
    return this.#wait.until(() => this.events.includes(event))
  }

  seesBytes(count: number): Promise<void> {
    return this.#wait.until(() => this.bytes >= count)
  }

  #note(event: string): void {
    this.events.push(event)
    this.onEvent(event)
    this.#wait.happened()
  }
}

const upstreams: Upstream[] = []
const clients: Client[] = []
const exchanges: ClientExchange[] = []

export function client(limits: Partial<ClientLimits> = {}, options: ConnectOptions = {}): Client {
  const made = createClient({ ...LIMITS, ...limits }, options)
  clients.push(made)
  return made
}

export type Sent = Listener & { readonly exchange: ClientExchange }

/** Sends `GET /` unless told otherwise. */
export function send(
  to: Client,
  origin: Origin,
  request: Partial<ClientRequest> = {},
  listener = new Listener(),
): Sent {
  const { method = "GET" } = request
  const head = `${method} / HTTP/1.1\r\nHost: ${origin.authority}\r\n`
  const exchange = to.send({ origin, method, head, framing: { kind: "none" }, replayable: false, ...request }, listener)
  exchanges.push(exchange)
  return Object.assign(listener, { exchange })
}

export function stopAll(): void {
  for (const exchange of exchanges.splice(0)) exchange.abort()
  for (const made of clients.splice(0)) made.close()
  for (const upstream of upstreams.splice(0)) upstream.stop()
}
