import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { type EventHeaders, EventStreamFrames } from "../framing/event-stream.ts"
import { objectOf } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { parsed } from "./stream-reader.ts"
import { readUsage } from "./usage.ts"

/** Parses the one event that tells usage, and errors. */
export class BedrockTap implements StreamTap {
  readonly #frames = new EventStreamFrames((headers, payload) => this.#message(headers, payload))
  #usage: Usage | undefined
  #isWhole = false
  #error: ProviderError | undefined

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): { usage: Usage | undefined; isWhole: boolean; error: ProviderError | undefined } {
    return { usage: this.#usage, isWhole: this.#isWhole && this.#frames.isBetween, error: this.#error }
  }

  #message(headers: EventHeaders, payload: Buffer): void {
    const kind = headers.get(":message-type")
    if (kind === "exception" || kind === "error") this.#error ??= readStreamError(headers, payload.toString("utf8"))
    const type = headers.get(":event-type")
    if (type === "messageStop") this.#isWhole = true
    if (type !== "metadata") return
    const usage = objectOf(parsed(payload).usage)
    if (usage !== undefined) this.#usage = readUsage(usage)
  }
}
