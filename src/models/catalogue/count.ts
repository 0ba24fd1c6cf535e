import type { CountAsked, Counted } from "./count-worker.ts"

interface Waiting {
  resolve(tokens: number): void
  reject(error: Error): void
}

/** A thread that counts, since the encoding takes a second and 90 MB to load, and long texts their time. */
interface Counter {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
}

/** Milliseconds without a question after which the thread and its memory are given up. */
const IDLE = 60_000

let counter: Counter | undefined
let idle: Timer | undefined
let lastId = 0

/**
 * Tokens of a text by OpenAI's newest encoding (o200k_base), for endpoints that count where a provider has none of its own.
 * Counted on a thread of its own. Rejects where that thread fails.
 */
export function countTokens(text: string): Promise<number> {
  counter ??= started()
  const { worker, waiting } = counter
  clearTimeout(idle)
  worker.ref()
  lastId += 1
  const asked: CountAsked = { id: lastId, text }
  return new Promise((resolve, reject) => {
    waiting.set(asked.id, { resolve, reject })
    worker.postMessage(asked)
  })
}

function started(): Counter {
  const begun: Counter = { worker: new Worker(new URL("./count-worker.ts", import.meta.url)), waiting: new Map() }
  const { worker, waiting } = begun
  worker.onmessage = ({ data: { id, tokens } }: MessageEvent<Counted>) => {
    waiting.get(id)?.resolve(tokens)
    waiting.delete(id)
    if (waiting.size > 0) return
    idle = setTimeout(() => end(begun), IDLE)
    // Idle, neither the timer nor the thread is a reason for the process to stay.
    idle.unref()
    worker.unref()
  }
  worker.onerror = (event) => fail(begun, new Error(`tokens could not be counted: ${event.message}`))
  worker.addEventListener("close", () => fail(begun, new Error("tokens could not be counted: the thread ended")))
  return begun
}

function end(it: Counter): void {
  if (counter === it) counter = undefined
  it.worker.terminate()
}

function fail(it: Counter, error: Error): void {
  end(it)
  for (const { reject } of it.waiting.values()) reject(error)
  it.waiting.clear()
}
