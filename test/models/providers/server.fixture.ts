import { createServer, type Socket } from "node:net"
import { allOf, firstOf, readMessage } from "../../message.fixture.ts"

/** A request as it came. */
export interface Heard {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case; values of a name that came several times are joined by a comma. */
  readonly headers: ReadonlyMap<string, string>
  /** The target as it came, the query included. */
  readonly target: string
  readonly body: Buffer
}

/** An answer to write on the wire, exact to the chunk. */
export type Reply =
  | {
      readonly kind: "whole"
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: Uint8Array | string
    }
  | {
      readonly kind: "stream"
      readonly headers: Readonly<Record<string, string>>
      /** One HTTP chunk each. */
      readonly frames: readonly Uint8Array[]
      /** Milliseconds between frames; 0 for "as soon as the last one is with the kernel". */
      readonly pause: number
      /** `whole`: the last chunk follows; `cut`: the connection ends without it; `never`: nothing more comes. */
      readonly end: "whole" | "cut" | "never"
    }
  /** Reads the request and says nothing, until the client goes. */
  | { readonly kind: "silence" }

export interface Server {
  readonly port: number
  stop(): Promise<void>
}

/**
 * An HTTP/1.1 server on raw sockets, for exact bytes and chunks: one request after the other on a connection.
 * `hear` gives the answer; `left` is called when the client goes before the answer is whole.
 */
export async function listen(hear: (heard: Heard) => { reply: Reply; left: () => void }): Promise<Server> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on("close", () => sockets.delete(socket))
    socket.on("error", () => socket.destroy())
    serve(socket, hear)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("The scripted provider has no port")
  return {
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function serve(socket: Socket, hear: Parameters<typeof listen>[0]): void {
  let waiting: Buffer[] = []
  let size = 0
  let needed = 0
  let isBusy = false
  const next = async (): Promise<void> => {
    if (isBusy || size === 0 || size < needed) return
    const bytes = waiting.length === 1 ? (waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(waiting)
    waiting = [bytes]
    const message = readMessage(bytes, "none")
    if (message === undefined || !message.isWhole) {
      needed = message === undefined ? 0 : Number(firstOf(message.fields, "content-length") ?? 0)
      return
    }
    waiting = [bytes.subarray(message.end)]
    size = bytes.length - message.end
    needed = 0
    isBusy = true
    const { reply, left } = hear(heardOf(message))
    const gone = (): void => {
      if (!socket.writableEnded) left()
    }
    socket.once("close", gone)
    await write(socket, reply)
    if (socket.destroyed) return
    socket.off("close", gone)
    isBusy = false
    await next()
  }
  socket.on("data", (bytes: Buffer) => {
    waiting.push(bytes)
    size += bytes.length
    void next()
  })
}

function heardOf({ line, fields, body }: NonNullable<ReturnType<typeof readMessage>>): Heard {
  const [method = "", target = ""] = line.split(" ")
  const url = new URL(target, "http://provider")
  const names = new Set(fields.map(([name]) => name.toLowerCase()))
  const headers = new Map([...names].map((name): [string, string] => [name, allOf(fields, name).join(", ")]))
  return { method, target, path: url.pathname, query: url.searchParams, headers, body: Buffer.from(body) }
}

async function write(socket: Socket, reply: Reply): Promise<void> {
  if (reply.kind === "silence") return gone(socket)
  if (reply.kind === "whole") {
    const body = Buffer.from(reply.body)
    const head = headOf(reply.status, { ...reply.headers, "content-length": String(body.length) })
    return sent(socket, Buffer.concat([head, body]))
  }
  await sent(socket, headOf(200, { ...reply.headers, "transfer-encoding": "chunked" }))
  for (const frame of reply.frames) {
    await (reply.pause === 0 ? new Promise(setImmediate) : Bun.sleep(reply.pause))
    if (socket.destroyed) return
    await sent(socket, Buffer.concat([Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from("\r\n")]))
  }
  if (reply.end === "whole") return sent(socket, Buffer.from("0\r\n\r\n"))
  if (reply.end === "never") return gone(socket)
  await Bun.sleep(20)
  socket.end()
  return gone(socket)
}

const gone = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed) resolve()
    else socket.once("close", () => resolve())
  })

const sent = (socket: Socket, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    if (socket.destroyed || socket.write(bytes)) return resolve()
    const settle = (): void => {
      socket.off("drain", settle)
      socket.off("close", settle)
      resolve()
    }
    socket.on("drain", settle)
    socket.on("close", settle)
  })

function headOf(status: number, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(
    `HTTP/1.1 ${status} ${reasons[status] ?? "Status"}\r\ndate: ${new Date().toUTCString()}\r\n${lines.join("")}\r\n`,
  )
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  408: "Request Timeout",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
}
