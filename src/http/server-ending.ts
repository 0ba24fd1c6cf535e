/** What is asked of a socket at its end. */
interface Socket {
  /** Sends a FIN and reads on. */
  shutdown(): void
  end(): void
  terminate(): void
}

/** The end of a client connection, which lets the last answer arrive. */
export class Ending {
  /** `flushing`: the last answer is on its way. `lingering`: it is sent, and so is our FIN. */
  stage: "open" | "flushing" | "lingering" | "closed" = "open"
  readonly #socket: Socket
  #lingers = false

  constructor(socket: Socket) {
    this.#socket = socket
  }

  /** `lingers`: the client may still send, and must not be reset before it has read. */
  begin(lingers: boolean): void {
    this.stage = "flushing"
    this.#lingers = lingers
  }

  /** The last answer is sent. `isHeardOut`: so is the client's FIN, and nothing is left unread that would make the kernel send a reset. */
  finish(isHeardOut: boolean): void {
    if (!this.#lingers || isHeardOut) this.end()
    else {
      this.stage = "lingering"
      this.#socket.shutdown()
    }
  }

  end(): void {
    this.stage = "closed"
    this.#socket.end()
  }

  /** Bun's `terminate` sends a TCP reset even when nothing is pending. */
  reset(): void {
    if (this.stage === "closed") return
    this.stage = "closed"
    this.#socket.terminate()
  }
}
