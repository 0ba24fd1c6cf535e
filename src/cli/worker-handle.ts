import type { PlaneEvents } from "./plane.ts"
import type { FromWorker, ToWorker } from "./worker.ts"

interface Waiting {
  resolve(port: number): void
  reject(error: Error): void
}

/** One worker thread, asked one thing after the other. */
export class WorkerHandle {
  readonly #worker = new Worker(new URL("./worker.ts", import.meta.url))
  readonly #waiting: Waiting[] = []
  readonly #thread: number
  readonly #events: PlaneEvents
  #ended = false

  /** `onEnd`: the thread died, which it does only by a fault. */
  constructor(thread: number, events: PlaneEvents, onEnd: () => void) {
    this.#thread = thread
    this.#events = events
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#heard(data)
    this.#worker.onerror = (event) => events.onFault(event.message)
    this.#worker.addEventListener("close", () => {
      if (this.#ended) return
      this.#ended = true
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(`thread ${thread} ended`))
      onEnd()
    })
  }

  /** Answers with the port the worker listens on. */
  ask(message: ToWorker): Promise<number> {
    if (this.#ended) return Promise.reject(new Error(`thread ${this.#thread} has ended`))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(message)
    })
  }

  async stop(graceMs: number): Promise<void> {
    if (this.#ended) return
    await this.ask({ kind: "stop", graceMs })
    this.#ended = true
    this.#worker.terminate()
  }

  #heard(message: FromWorker): void {
    switch (message.kind) {
      case "done":
        this.#waiting.shift()?.resolve(message.port)
        break
      case "failed":
        this.#waiting.shift()?.reject(Object.assign(new Error(message.message), { code: message.code }))
        break
      case "fault":
        this.#events.onFault(message.message)
        break
      case "kept":
        this.#events.onKept(message.kept, this.#thread)
        break
    }
  }
}
