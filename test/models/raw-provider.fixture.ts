import { createServer, type Socket } from "node:net"

/** A provider that answers in bytes, whatever they are, and keeps what it was sent. */
export interface RawProvider {
  readonly url: string
  /** Requests, each with its head and body as they came. */
  readonly seen: readonly string[]
  /** What the next requests are answered by. */
  answer: (socket: Socket, request: string) => void
  stop(): Promise<void>
}

/** Until it is told otherwise it answers every chat. */
export async function startRawProvider(): Promise<RawProvider> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const provider = { answer: answering(CHAT) }
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ""
    socket.on("error", () => socket.destroy())
    socket.on("close", () => sockets.delete(socket))
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1")
      const end = text.indexOf("\r\n\r\n") + 4
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0)
      if (end < 4 || text.length < end + length) return
      const request = text.slice(0, end + length)
      text = text.slice(end + length)
      seen.push(request)
      provider.answer(socket, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("a server without a port")
  return Object.assign(provider, {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    stop: async () => {
      for (const it of sockets) it.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}

export const CHAT = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "x",
  choices: [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}

/** One whole answer in JSON. `lines`: more fields, each ended by CRLF. */
const whole = (body: unknown, lines = "", status = "200 OK"): string => {
  const text = typeof body === "string" ? body : JSON.stringify(body)
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n${lines}\r\n${text}`
}

export const answering =
  (body: unknown, lines = "", status = "200 OK"): RawProvider["answer"] =>
  (socket) =>
    void socket.write(whole(body, lines, status))

/** A stream of server-sent events, which the end of the connection ends. */
export const streaming =
  (...events: readonly unknown[]): RawProvider["answer"] =>
  (socket) =>
    void socket.end(
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n${events
        .map((it) => `data: ${typeof it === "string" ? it : JSON.stringify(it)}\n\n`)
        .join("")}`,
    )
