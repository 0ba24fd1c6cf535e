import { connect } from "node:net"
import type { ServerRequest } from "../../src/servers/request.ts"

/** Sends a request byte for byte from its address; answers the status, or 0 for none. */
export function send(request: ServerRequest): Promise<number> {
  return new Promise((resolve) => {
    let said = ""
    const socket = connect({ host: request.server ?? "127.0.0.1", port: request.port, localAddress: request.client })
    const end = (): void => {
      socket.destroy()
      resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1] ?? 0))
    }
    socket.setTimeout(5000, end)
    socket.on("error", end)
    socket.on("close", end)
    socket.on("data", (chunk) => {
      said += chunk.toString("latin1")
      if (said.includes("\r\n\r\n")) end()
    })
    const fields = request.headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")
    socket.write(`${request.method} ${request.target} ${request.protocol}\r\n${fields}\r\n`, "latin1")
    if (request.body !== undefined) socket.write(request.body)
  })
}
