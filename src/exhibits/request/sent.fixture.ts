/** What a client sent, as it came over the wire. */
export interface Sent {
  readonly method: string
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** A server on loopback that keeps the last request it got, and answers 403 to all. */
export function keepingServer() {
  let last: Sent | undefined
  const open = new Map<object, string>()
  const server = Bun.listen({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      data(socket, bytes) {
        const text = (open.get(socket) ?? "") + bytes.toString("latin1")
        open.set(socket, text)
        const sent = whole(text)
        if (sent === undefined) return
        last = sent
        open.delete(socket)
        socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
      },
    },
  })
  return {
    port: server.port,
    taken(): Sent | undefined {
      const sent = last
      last = undefined
      return sent
    },
    stop: () => server.stop(true),
  }
}

/** Undefined while something is still to come. */
function whole(text: string): Sent | undefined {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return undefined
  const [first = "", ...lines] = text.slice(0, end).split("\r\n")
  const [method = "", target = ""] = first.split(" ")
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(":")
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  const body = text.slice(end + 4)
  if (body.length < Number(headers.get("content-length") ?? 0)) return undefined
  return {
    method,
    target: Buffer.from(target, "latin1").toString("utf8"),
    headers,
    body: Buffer.from(body, "latin1").toString("utf8"),
  }
}
