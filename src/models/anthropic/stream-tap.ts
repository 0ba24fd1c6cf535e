import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { SseFrames } from "../framing/sse.ts"
import { type JsonObject, objectOf, parseObject } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { laterUsage, readUsage } from "./usage.ts"

const TOLD = ["message_start", "message_delta", "message_stop", "error"]

/** Parses the few events that tell usage, end or error, and no others. */
export class AnthropicTap implements StreamTap {
  readonly #frames = new SseFrames((event, data) => this.#event(event, data))
  #usage: JsonObject | undefined
  #isWhole = false
  #error: ProviderError | undefined

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): { usage: Usage | undefined; isWhole: boolean; error: ProviderError | undefined } {
    const usage = this.#usage === undefined ? undefined : readUsage(this.#usage)
    return { usage, isWhole: this.#isWhole, error: this.#error }
  }

  #event(event: string, data: string): void {
    // The name of an event may be left out; its data tell it too.
    if (event === "" ? data.includes('"content_block_') : !TOLD.includes(event)) return
    const told = parseObject(data)
    switch (told?.type) {
      case "message_start":
        this.#count(objectOf(told.message)?.usage)
        return
      case "message_delta":
        this.#count(told.usage)
        return
      case "message_stop":
        this.#isWhole = true
        return
      case "error":
        this.#error ??= readStreamError(told)
    }
  }

  #count(usage: JsonObject[string]): void {
    const told = objectOf(usage)
    if (told !== undefined) this.#usage = laterUsage(this.#usage ?? {}, told)
  }
}
