import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { SseFrames } from "../framing/sse.ts"
import { objectOf, parseObject, textOf } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { readUsage } from "./usage.ts"

/** Parses only the last chunk with usage, and chunks that may be errors. Quotes inside of texts are escaped and never match. */
export class GeminiTap implements StreamTap {
  #withUsage: string | undefined
  #isWhole = false
  #error: ProviderError | undefined
  readonly #frames = new SseFrames((_, data) => this.#data(data))

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): StreamTap["seen"] {
    // The last chunk may end without an empty line.
    this.#frames.close()
    const usage: Usage | undefined =
      this.#withUsage === undefined ? undefined : readUsage(parseObject(this.#withUsage)?.usageMetadata)
    return { usage, isWhole: this.#isWhole && this.#error === undefined, error: this.#error }
  }

  #data(data: string): void {
    if (data.includes('"usageMetadata"')) this.#withUsage = data
    if (data.includes('"finishReason"')) this.#isWhole = true
    if (!data.includes('"error"') && !data.includes('"blockReason"')) return
    const chunk = parseObject(data)
    if (chunk?.error !== undefined) this.#error = readStreamError(chunk)
    if (textOf(objectOf(chunk?.promptFeedback)?.blockReason) !== undefined) this.#isWhole = true
  }
}
