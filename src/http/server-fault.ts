import type { FaultExchange } from "./server.ts"
import type { Line } from "./server-line.ts"

/** The answer to a head that could not be read. The connection ends after it. */
export class FaultAnswer implements FaultExchange {
  readonly method: string | undefined
  readonly path: string | undefined
  isOver = false
  readonly #line: Line

  constructor(line: Line, method: string | undefined, path: string | undefined) {
    this.#line = line
    this.method = method
    this.path = path
  }

  get remoteAddress(): string {
    return this.#line.remoteAddress
  }

  reply(status: number, head: string, body: string): void {
    if (this.isOver) return
    this.isOver = true
    const length = Buffer.byteLength(body)
    const { output } = this.#line
    output.latin1(`${head}${status === 204 ? "" : `Content-Length: ${length}\r\n`}Connection: close\r\n\r\n`)
    if (length > 0 && this.method !== "HEAD" && status !== 204 && status !== 304) output.utf8(body, length)
    this.#line.close(true)
  }

  cut(): void {
    if (this.isOver) return
    this.isOver = true
    this.#line.reset()
  }
}
