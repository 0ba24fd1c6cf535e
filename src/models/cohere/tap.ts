import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { SseFrames } from "../framing/sse.ts"
import { objectOf, parseObject } from "../json.ts"
import { readStreamError } from "../openai-chat/read-error.ts"
import { usageOf } from "./answer-members.ts"

/** Parses only the last event and what has no type: in a text the quotes of the same words are escaped. */
export class CohereTap implements StreamTap {
  readonly #frames = new SseFrames((_, data) => this.#frame(data))
  #usage: Usage | undefined
  #error: ProviderError | undefined
  #isDone = false

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): StreamTap["seen"] {
    // The last event may lack its empty line.
    this.#frames.close()
    return { usage: this.#usage, isWhole: this.#isDone && this.#error === undefined, error: this.#error }
  }

  #frame(data: string): void {
    if (data.includes('"type"') && !data.includes('"message-end"')) return
    const told = parseObject(data)
    if (told === undefined) return
    const delta = objectOf(told.delta)
    if (told.type === "message-end") {
      this.#usage = usageOf(delta?.usage)
      if (typeof delta?.error === "string") this.#error ??= readStreamError(delta)
      else this.#isDone = true
    } else if (told.type === undefined && (told.message !== undefined || told.error !== undefined))
      this.#error ??= readStreamError(told)
  }
}
