import { connect, type Socket } from "node:net"
import { type Message, readMessage, statusOf } from "./message.fixture.ts"

const open = new Set<RawClient>()

/** A client that speaks bytes and hides nothing of what comes back. */
export class RawClient {
  readonly socket: Socket
  /** Bytes received. */
  count = 0
  /** Whether received bytes are kept, or only counted. */
  keeps = true
  /** `fin` or the error's code, once the gateway's side has ended. */
  ended: string | undefined
  readonly #pieces: Buffer[] = []
  #onChange: () => void = () => undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on("data", (bytes: Buffer) => {
      this.count += bytes.length
      if (this.keeps) this.#pieces.push(bytes)
      this.#onChange()
    })
    socket.on("end", () => this.#end("fin"))
    socket.on("error", (error: Error & { code?: string }) => this.#end(error.code ?? error.message))
    socket.on("close", () => this.#end("closed"))
  }

  static async open(port: number): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true })
    const client = new RawClient(socket)
    open.add(client)
    await new Promise<void>((resolve) => socket.once("connect", resolve))
    return client
  }

  get bytes(): Buffer {
    const [first] = this.#pieces
    if (this.#pieces.length > 1 || first === undefined)
      this.#pieces.splice(0, this.#pieces.length, Buffer.concat(this.#pieces))
    return this.#pieces[0] ?? Buffer.alloc(0)
  }

  get text(): string {
    return this.bytes.toString("latin1")
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes)
    return this
  }

  /** Has said all, and still listens. */
  finish(): this {
    this.socket.end()
    return this
  }

  /** Goes away at once: the gateway sees a reset. */
  vanish(): void {
    this.socket.resetAndDestroy()
    open.delete(this)
  }

  async until(isSo: () => boolean): Promise<void> {
    while (this.ended === undefined && !isSo()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve
      })
    }
  }

  async sees(text: string): Promise<string> {
    await this.until(() => this.text.includes(text))
    if (!this.text.includes(text)) throw new Error(`no ${JSON.stringify(text)} in ${JSON.stringify(this.text)}`)
    return this.text
  }

  /** The whole answer that begins at `from`, past any interim ones. */
  async answer(from = 0, bodyless = false): Promise<Message> {
    const read = () => readFinal(this.bytes, from, bodyless)
    await this.until(() => read()?.isWhole === true)
    const message = read()
    if (message === undefined) throw new Error(`no answer in ${JSON.stringify(this.text)}, then ${this.ended}`)
    return message
  }

  /** All that came, once the gateway's side has ended. */
  async end(): Promise<Buffer> {
    await this.until(() => false)
    return this.bytes
  }

  #end(how: string): void {
    // An error after the end is the echo of it.
    this.ended ??= how
    this.#onChange()
  }
}

function readFinal(bytes: Buffer, from: number, bodyless: boolean): Message | undefined {
  const message = readMessage(bytes, "until-close", from, bodyless)
  return message !== undefined && statusOf(message) < 200 ? readFinal(bytes, message.end, bodyless) : message
}

/** To be called after each test. */
export function closeRawClients(): void {
  for (const client of open) client.socket.destroy()
  open.clear()
}
