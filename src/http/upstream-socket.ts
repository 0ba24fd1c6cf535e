import type { Sink } from "./output.ts"

/** What of Bun's sockets is used. */
interface Socket extends Sink {
  pause(): void
  resume(): void
  end(): void
  terminate(): void
}

/** The socket of one connection to an upstream, from before it stands. */
export class UpstreamSocket implements Sink {
  stage: "connecting" | "open" | "closed" = "connecting"
  #socket: Socket | undefined
  #isPaused = false

  constructor() {
    this.#socket = undefined
  }

  /** False: it came too late, and is gone again. */
  accept(socket: Socket): boolean {
    if (this.stage === "closed") {
      socket.terminate()
      return false
    }
    this.#socket = socket
    return true
  }

  write(bytes: Uint8Array, from: number, length: number): number {
    // Bun would queue without a bound before a handshake is done.
    if (this.stage === "connecting" || this.#socket === undefined) return 0
    return this.#socket.write(bytes, from, length)
  }

  pause(isPaused: boolean): void {
    if (this.stage !== "open" || isPaused === this.#isPaused) return
    this.#isPaused = isPaused
    if (isPaused) this.#socket?.pause()
    else this.#socket?.resume()
  }

  /** In an orderly way. One that does not stand yet is terminated once it does. */
  end(): void {
    const isOpen = this.stage === "open"
    this.stage = "closed"
    if (isOpen) this.#socket?.end()
  }

  terminate(): void {
    this.stage = "closed"
    this.#socket?.terminate()
  }
}
