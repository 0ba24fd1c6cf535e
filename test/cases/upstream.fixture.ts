import { bytesOf } from "../../src/causes/case-bytes.ts"
import type { CaseUpstream } from "../../src/causes/case-file.ts"

/** The service behind the gateway, on a free port of this machine. */
export interface CaseService {
  readonly authority: string
  stop(): void
}

interface Received {
  text: string
}

/** A service that does with every whole request what the case says. */
export function startService({ does, text }: CaseUpstream): CaseService {
  const answer = bytesOf(text)
  const act = (socket: Bun.Socket<Received>): void => {
    if (does === "resets the connection") socket.terminate()
    else if (does === "ends") socket.end(answer)
    else if (does === "answers") socket.write(answer)
  }
  const listener = Bun.listen<Received>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => {
        socket.data = { text: "" }
      },
      data: (socket, bytes) => {
        socket.data.text += bytes.toString("latin1")
        if (!isWhole(socket.data.text)) return
        socket.data.text = ""
        act(socket)
      },
    },
  })
  const authority = `127.0.0.1:${listener.port}`
  // A port that was free a moment ago is one that nobody listens on.
  if (does === "refuses connections") listener.stop(true)
  return { authority, stop: () => listener.stop(true) }
}

/** Whether all of a request that the gateway forwarded has come: it never sends a malformed one. */
function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return !text.startsWith("GET") && !text.startsWith("POST")
  const head = text.slice(0, end)
  if (/^transfer-encoding:/im.test(head)) return text.endsWith("0\r\n\r\n")
  return text.length >= end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
}
