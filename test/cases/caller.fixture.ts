/** What a caller got on its connection. */
export interface Got {
  /** latin1. */
  readonly text: string
  /** The connection was reset before the answer was whole. */
  readonly isCut: boolean
}

interface Reading {
  text: string
  unsent: Buffer
  readonly done: (got: Got) => void
}

/** Sends bytes on a connection of their own and waits for a whole answer, or for the connection's end. */
export function ask(port: number, bytes: Buffer, ends: boolean): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>()
  const send = (socket: Bun.Socket<Reading>): void => {
    const { data } = socket
    data.unsent = data.unsent.subarray(Math.max(0, socket.write(data.unsent)))
    if (data.unsent.length === 0 && ends) socket.shutdown()
  }
  const finish = (socket: Bun.Socket<Reading>): void => {
    socket.data.done({ text: socket.data.text, isCut: !isWhole(socket.data.text) })
  }
  Bun.connect<Reading>({
    hostname: "127.0.0.1",
    port,
    allowHalfOpen: true,
    data: { text: "", unsent: bytes, done: resolve },
    socket: {
      open: send,
      drain: send,
      data: (socket, received) => {
        socket.data.text += received.toString("latin1")
        if (!isWhole(socket.data.text)) return
        finish(socket)
        socket.end()
      },
      end: finish,
      close: finish,
      error: finish,
    },
  }).catch(reject)
  return promise
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return false
  const head = text.slice(0, end)
  if (/^transfer-encoding:/im.test(head)) return text.endsWith("\r\n0\r\n\r\n")
  return text.length >= end + 4 + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
}

/** One field of an answer's head. */
export const fieldOf = ({ text }: Got, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, "im").exec(text.split("\r\n\r\n")[0]?.concat("\r\n") ?? "")?.[1]

export const statusOf = ({ text }: Got): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)

/** The body as it was sent, without the framing of chunks. */
export function bodyOf(got: Got): string {
  const sent = got.text.slice(got.text.indexOf("\r\n\r\n") + 4)
  if (fieldOf(got, "Transfer-Encoding") !== "chunked") return sent
  let body = ""
  for (let at = 0; at < sent.length; ) {
    const lineEnd = sent.indexOf("\r\n", at)
    const size = Number.parseInt(sent.slice(at, lineEnd), 16)
    if (lineEnd < 0 || !(size > 0)) break
    body += sent.slice(lineEnd + 2, lineEnd + 2 + size)
    at = lineEnd + 2 + size + 2
  }
  return body
}

/** The head had been sent before anything was refused, so that it cannot say so. */
export const hasBegun = (got: Got): boolean => got.isCut || statusOf(got) < 400
