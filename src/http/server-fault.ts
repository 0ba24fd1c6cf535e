import type { FaultExchange } from "./server.ts"
import type { Connection } from "./server-connection.ts"

/** The answer to a head that could not be read. The connection ends after it. */
export class FaultAnswer implements FaultExchange {
  readonly method: string | undefined
  readonly path: string | undefined
  isOver = false
  readonly #connection: Connection

  constructor(connection: Connection, method: string | undefined, path: string | undefined) {
    this.#connection = connection
    this.method = method
    this.path = path
  }

  get remoteAddress(): string {
    return this.#connection.remoteAddress
  }

  reply(status: number, head: string, body: string): void {
    if (this.isOver) return
    this.isOver = true
    const length = Buffer.byteLength(body)
    const { output } = this.#connection
    output.latin1(`${head}${status === 204 ? "" : `Content-Length: ${length}\r\n`}Connection: close\r\n\r\n`)
    if (length > 0 && this.method !== "HEAD" && status !== 204 && status !== 304) output.utf8(body, length)
    this.#connection.close(true)
  }

  cut(): void {
    if (this.isOver) return
    this.isOver = true
    this.#connection.reset()
  }
}
