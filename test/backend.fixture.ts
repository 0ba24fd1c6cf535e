import { firstOf, type Message, readMessage } from "./message.fixture.ts"

/** One request as a backend saw it. */
export interface Received extends Message {
  readonly method: string
  readonly target: string
}

/** One connection as a backend sees it. */
export class Peer {
  isClosed = false
  /** Bytes received on this connection. */
  count = 0
  /** Received and not yet read as a request. */
  pieces: Buffer[] = []
  readonly #socket: Bun.Socket<Peer>
  #queue: Buffer[] = []

  constructor(socket: Bun.Socket<Peer>) {
    this.#socket = socket
  }

  get text(): string {
    return Buffer.concat(this.pieces).toString("latin1")
  }

  /** Whatever the kernel does not take follows when it does. */
  send(data: string | Uint8Array): this {
    this.#queue.push(typeof data === "string" ? Buffer.from(data, "latin1") : Buffer.from(data))
    this.flush()
    return this
  }

  /** Whether everything given has gone to the kernel. */
  get isSent(): boolean {
    return this.#queue.length === 0
  }

  flush(): void {
    for (let piece = this.#queue[0]; piece !== undefined; piece = this.#queue[0]) {
      const sent = piece.length === 0 ? 0 : this.#socket.write(piece)
      if (sent < piece.length) {
        this.#queue[0] = piece.subarray(Math.max(0, sent))
        return
      }
      this.#queue.shift()
    }
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
}

export interface BackendOptions {
  /** A whole request came. */
  readonly onRequest?: (request: Received, peer: Peer) => void
  /** Bytes came. With it requests are neither read nor answered. */
  readonly onBytes?: (peer: Peer, bytes: Buffer) => void
  readonly onDrain?: (peer: Peer) => void
  readonly tls?: Bun.TLSOptions
}

const started = new Set<Backend>()

/** A server behind the gateway whose every byte a test decides and sees. Unless told otherwise it answers every request with its own body. */
export class Backend {
  readonly peers: Peer[] = []
  /** Whole requests. */
  readonly requests: Received[] = []
  readonly #listener: Bun.TCPSocketListener<Peer>
  readonly #options: BackendOptions

  constructor(options: BackendOptions = {}) {
    const { tls } = options
    this.#options = options
    this.#listener = Bun.listen<Peer>({
      hostname: "127.0.0.1",
      port: 0,
      ...(tls === undefined ? {} : { tls }),
      socket: {
        open: (socket) => {
          socket.data = new Peer(socket)
          this.peers.push(socket.data)
        },
        data: (socket, bytes) => this.#onData(socket.data, bytes),
        drain: (socket) => {
          socket.data.flush()
          if (socket.data.isSent) options.onDrain?.(socket.data)
        },
        close: (socket) => {
          socket.data.isClosed = true
        },
        error: () => undefined,
      },
    })
    started.add(this)
  }

  get port(): number {
    return this.#listener.port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The connection of that number, counted from 0, once it is there. */
  async peer(at = 0): Promise<Peer> {
    await until(() => this.peers.length > at)
    const peer = this.peers[at]
    if (peer === undefined) throw new Error("no such connection")
    return peer
  }

  /** The last whole request. */
  get last(): Received {
    const last = this.requests.at(-1)
    if (last === undefined) throw new Error("no request came")
    return last
  }

  stop(): void {
    this.#listener.stop(true)
    started.delete(this)
  }

  #onData(peer: Peer, bytes: Buffer): void {
    peer.count += bytes.length
    if (this.#options.onBytes !== undefined) {
      this.#options.onBytes(peer, bytes)
      return
    }
    peer.pieces.push(Buffer.from(bytes))
    for (let request = takeRequest(peer); request !== undefined; request = takeRequest(peer)) {
      this.requests.push(request)
      if (this.#options.onRequest === undefined) peer.send(answerWith(request.body, request.method))
      else this.#options.onRequest(request, peer)
    }
  }
}

/** Bytes without which the request cannot be whole: joining the pieces of a large body for each would take the square of their number. */
const needed = new WeakMap<Peer, number>()

function takeRequest(peer: Peer): Received | undefined {
  const size = peer.pieces.reduce((sum, it) => sum + it.length, 0)
  if (size < (needed.get(peer) ?? 1) || !mayEnd(peer)) return undefined
  const bytes = Buffer.concat(peer.pieces)
  const message = readMessage(bytes, "none")
  if (message?.isWhole !== true) {
    peer.pieces = [bytes]
    const length = message === undefined ? undefined : firstOf(message.fields, "content-length")
    if (message !== undefined && length !== undefined) needed.set(peer, size + Number(length) - message.body.length)
    return undefined
  }
  needed.delete(peer)
  peer.pieces = bytes.length > message.end ? [bytes.subarray(message.end)] : []
  const [method = "", target = ""] = message.line.split(" ")
  return { ...message, method, target }
}

/** A long body in chunks is looked at only when it may be at its end. */
function mayEnd({ pieces, count }: Peer): boolean {
  const last = pieces.at(-1)
  return (
    count < 1_000_000 || last === undefined || last.length < 5 || !isChunked(pieces) || last.subarray(-5).equals(LAST)
  )
}

const LAST = Buffer.from("0\r\n\r\n")
const isChunked = ([first]: readonly Buffer[]): boolean => first?.includes("Transfer-Encoding: chunked") === true

/** A whole answer with a sized body. */
export function answerWith(body: string | Uint8Array, method = "GET", fields = "", status = "200 OK"): Buffer {
  const bytes = Buffer.from(body)
  const head = `HTTP/1.1 ${status}\r\n${fields}Content-Length: ${bytes.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, "latin1"), method === "HEAD" ? Buffer.alloc(0) : bytes])
}

/** To be called after each test. */
export function stopBackends(): void {
  for (const backend of started) backend.stop()
}

/** Resolves when `isSo`; looks again at every turn of the event loop. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(2)
}
