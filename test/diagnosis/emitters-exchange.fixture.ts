import { connect } from "node:net"
import type { Asked } from "./emitters-refusal.fixture.ts"

/** What went over the wire; the body without the framing of chunks. */
export interface Exchange {
  readonly request: string
  readonly head: string
  readonly body: string
  readonly status: number
}

/** Sends one request from the address `client`, which must be one of this machine's, and reads to the end of the connection. */
export function exchange(port: number, host: string, asked: Asked, client = "127.0.0.1"): Promise<Exchange> {
  const request = wireOf(host, asked)
  return new Promise((resolve) => {
    let answer = ""
    const socket = connect({ host: "127.0.0.1", port, localAddress: client }, () => socket.write(request))
    const end = (): void => resolve({ request, ...partsOf(answer) })
    socket.on("data", (bytes) => {
      answer += bytes.toString("latin1")
    })
    socket.on("error", end)
    socket.on("close", end)
  })
}

function wireOf(host: string, { method = "GET", target, headers = {}, body }: Asked): string {
  const sized = body === undefined ? {} : { "Content-Length": String(body.length) }
  const fields = { Host: host, "User-Agent": "Mozilla/5.0", Accept: "*/*", ...headers, ...sized, Connection: "close" }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${head.join("")}\r\n${body ?? ""}`
}

function partsOf(answer: string): Pick<Exchange, "head" | "body" | "status"> {
  const end = answer.indexOf("\r\n\r\n")
  const head = answer.slice(0, end)
  const rest = answer.slice(end + 4)
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)
  return { head, status, body: /^transfer-encoding: chunked/im.test(head) ? joinedChunks(rest) : rest }
}

function joinedChunks(text: string): string {
  let body = ""
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\r\n", at)
    const size = Number.parseInt(text.slice(at, end), 16)
    if (!(size > 0)) break
    body += text.slice(end + 2, end + 2 + size)
    at = end + size + 4
  }
  return body
}
