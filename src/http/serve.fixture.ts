import { connect, type Socket } from "node:net"
import type { RequestFault } from "./fault.ts"
import { type ServeOptions, type Server, serve } from "./serve.ts"
import type { FaultExchange, ServerExchange, ServerHandler, ServerLimits } from "./server.ts"

export const LIMITS: ServerLimits = {
  headBytes: 16 * 1024,
  targetBytes: 8 * 1024,
  fields: 100,
  headTimeout: 60_000,
  bodyTimeout: 60_000,
  idleTimeout: 60_000,
}
export const OK = "HTTP/1.1 200 OK\r\n"

/** Writes down what one exchange is told. */
export class Recorder implements ServerHandler {
  readonly events: string[] = []
  readonly pieces: Uint8Array[] = []
  onEvent: (event: string) => void = () => undefined

  get body(): string {
    return Buffer.concat(this.pieces).toString("latin1")
  }

  onBody(bytes: Uint8Array): void {
    this.pieces.push(bytes)
    if (this.events.at(-1) !== "body") this.#note("body")
  }
  onBodyEnd(): void {
    this.#note("end")
  }
  onBodyFault(fault: RequestFault): void {
    this.#note(fault.code)
  }
  onDrain(): void {
    this.#note("drain")
  }
  onAbort(): void {
    this.#note("abort")
  }

  #note(event: string): void {
    this.events.push(event)
    this.onEvent(event)
  }
}

interface Started {
  readonly server: Server
  readonly faults: string[]
  readonly errors: unknown[]
}
type Answer = (exchange: ServerExchange) => ServerHandler
interface StartOptions extends Partial<Omit<ServeOptions, "limits">> {
  readonly limits?: Partial<ServerLimits>
  readonly onFault?: (fault: RequestFault, exchange: FaultExchange) => void
}

const servers: Server[] = []
const clients: Client[] = []

/** A server that answers unreadable heads with 400 and the fault's code. */
export function start(onRequest: Answer, options: StartOptions = {}): Started {
  const { limits, onFault, ...rest } = options
  const faults: string[] = []
  const errors: unknown[] = []
  const refuse = (fault: RequestFault, exchange: FaultExchange): void => {
    faults.push(fault.code)
    if (onFault === undefined) exchange.reply(400, "HTTP/1.1 400 Bad Request\r\n", fault.code)
    else onFault(fault, exchange)
  }
  const server = serve({
    hostname: "127.0.0.1",
    port: 0,
    limits: { ...LIMITS, ...limits },
    events: { onRequest, onFault: refuse },
    onError: (error) => errors.push(error),
    ...rest,
  })
  return { server: stopLater(server), faults, errors }
}

/** Has `stopAll` stop it, too. */
export function stopLater(server: Server): Server {
  servers.push(server)
  return server
}

/** To be called after each test. */
export async function stopAll(): Promise<void> {
  for (const client of clients.splice(0)) client.socket.destroy()
  await Promise.all(servers.splice(0).map((server) => server.stop(0)))
}

/** A client that speaks bytes. */
export class Client {
  readonly socket: Socket
  text = ""
  /** `fin` or the error's code, once the server's side has ended. */
  ended: string | undefined
  #onChange: () => void = () => undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setNoDelay(true)
    socket.on("data", (bytes: Buffer) => {
      this.text += bytes.toString("latin1")
      this.#onChange()
    })
    socket.on("end", () => this.#end("fin"))
    socket.on("error", (error: Error & { code?: string }) => this.#end(error.code ?? error.message))
  }

  static async open(server: Server, host = "127.0.0.1"): Promise<Client> {
    const socket = connect({ port: server.port, host, allowHalfOpen: true })
    const client = new Client(socket)
    clients.push(client)
    await new Promise<void>((resolve) => socket.once("connect", resolve))
    return client
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes)
    return this
  }

  async sees(text: string): Promise<string> {
    await this.#until(() => this.text.includes(text))
    if (!this.text.includes(text)) throw new Error(`no ${JSON.stringify(text)} in ${JSON.stringify(this.text)}`)
    return this.text
  }

  /** All that came, once the server's side has ended. */
  async end(): Promise<string> {
    await this.#until(() => false)
    return this.text
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (this.ended === undefined && !isSo()) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve
      })
    }
  }

  #end(how: string): void {
    // An error after the end is the echo of it.
    this.ended ??= how
    this.#onChange()
  }
}

export async function exchange(server: Server, request: string): Promise<string> {
  const client = await Client.open(server)
  client.send(request)
  return await client.end()
}

/** Resolves when `isSo`; looks again at every turn of the event loop. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await Bun.sleep(2)
}

/** Answers with the method, the path and the body, once the body is whole. */
export function echo(exchange: ServerExchange): ServerHandler {
  const recorder = new Recorder()
  recorder.onEvent = (event) => {
    const { method, path } = exchange.head
    if (event === "end") exchange.reply(200, OK, `${method} ${path} [${recorder.body}]`)
  }
  exchange.readBody()
  return recorder
}

/** Answers at once, without the body. */
export function hello(exchange: ServerExchange): ServerHandler {
  exchange.reply(200, OK, "hello")
  return new Recorder()
}

/** Starts a server whose handler only writes down what it is told; `exchanges` are what came. */
export function record(limits: Parameters<typeof start>[1] = {}) {
  const recorders: Recorder[] = []
  const exchanges: ServerExchange[] = []
  const started = start((it) => {
    const recorder = new Recorder()
    recorders.push(recorder)
    exchanges.push(it)
    return recorder
  }, limits)
  const first = async (): Promise<[ServerExchange, Recorder]> => {
    await until(() => recorders.length > 0)
    const [it, recorder] = [exchanges[0], recorders[0]]
    if (it === undefined || recorder === undefined) throw new Error("no request came")
    return [it, recorder]
  }
  return { ...started, recorders, first }
}
