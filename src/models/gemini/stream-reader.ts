import type { StreamReader } from "../codec.ts"
import type { StreamEvent } from "../form/events.ts"
import { FormFault } from "../form/fault.ts"
import { SseFrames } from "../framing/sse.ts"
import { parseObject } from "../json.ts"
import { AnswerEvents } from "./answer-events.ts"
import { readStreamError } from "./errors.ts"

/**
 * Reads `streamGenerateContent?alt=sse`. Its streams have no event for their end: what tells it is the reason why each
 * candidate stopped, and usage may still follow, so that the end is told when the bytes end.
 */
export class GeminiReader implements StreamReader {
  #to: (event: StreamEvent) => void = () => undefined
  #isOver = false
  #isClosing = false
  readonly #frames = new SseFrames((_, data) => this.#data(data))
  readonly #events = new AnswerEvents((event) => this.#to(event))

  read(bytes: Uint8Array, to: (event: StreamEvent) => void): void {
    this.#to = to
    this.#frames.push(bytes)
  }

  close(to: (event: StreamEvent) => void): void {
    this.#to = to
    this.#isClosing = true
    this.#frames.close()
    if (!this.#isOver && this.#events.isWhole) this.#events.finish()
    this.#isOver = true
  }

  #data(data: string): void {
    if (this.#isOver || data === "[DONE]") return
    const answer = parseObject(data)
    // What a cut stream leaves may be half an event.
    if (answer === undefined && this.#isClosing) return
    if (answer === undefined) throw new FormFault("", "a stream whose events are JSON objects")
    if (answer.error !== undefined) {
      this.#isOver = true
      this.#to({ kind: "error", error: readStreamError(answer) })
    } else this.#events.add(answer)
  }
}
