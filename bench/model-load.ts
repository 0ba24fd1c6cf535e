/** One call as bytes, and how many are made at once. */
export interface ModelLoad {
  readonly port: number
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  readonly body: string
  readonly connections: number
  /** Calls in all. */
  readonly calls: number
}

export interface LoadResult {
  readonly seconds: number
  /** Milliseconds from a call's first byte to the last of its answer, ascending. */
  readonly took: readonly number[]
  /** Answers that were not 200, or did not end as they should. */
  readonly notOk: number
}

interface Connection {
  text: string
  began: number
}

/** Makes calls over raw sockets, each connection one after the other, so that the load costs as little as it can. */
export function modelLoad({ port, path, fields, body, connections, calls }: ModelLoad): Promise<LoadResult> {
  const lines = Object.entries({ "Content-Type": "application/json", ...fields }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join("")}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  const took: number[] = []
  let left = calls
  let open = connections
  let notOk = 0
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const over = (): void => {
      open--
      if (open === 0)
        resolve({ seconds: (performance.now() - started) / 1000, took: took.toSorted((a, b) => a - b), notOk })
    }
    const next = (socket: Bun.Socket<Connection>): void => {
      if (left === 0) {
        socket.end()
        over()
        return
      }
      left--
      socket.data = { text: "", began: performance.now() }
      socket.write(request)
    }
    for (let i = 0; i < connections; i++)
      Bun.connect<Connection>({
        hostname: "127.0.0.1",
        port,
        socket: {
          open: next,
          data: (socket, bytes) => {
            const { data } = socket
            data.text += bytes.toString("latin1")
            if (!isAnswered(data.text)) return
            took.push(performance.now() - data.began)
            if (!data.text.startsWith("HTTP/1.1 200")) notOk++
            next(socket)
          },
          error: (_, error) => reject(error),
        },
      }).catch(reject)
  })
}

function isAnswered(text: string): boolean {
  const end = text.indexOf("\r\n\r\n")
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1]
  return length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + Number(length)
}
