import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { SseFrames } from "../framing/sse.ts"
import { isObject, listOf, numberOf, objectOf, parseObject } from "../json.ts"
import { isError, readStreamError } from "./read-error.ts"
import { readUsage } from "./usage.ts"

/**
 * Parses only chunks that tell usage, an end or an error. In JSON the quotes of a member's name are not escaped, and those of
 * the same words in a text are, so that no text is taken for one. A stream without `[DONE]` is whole as for the reader.
 */
export class ChatTap implements StreamTap {
  readonly #frames = new SseFrames((event, data) => this.#frame(event, data))
  #usage: Usage | undefined
  #error: ProviderError | undefined
  #isDone = false
  readonly #finished = new Set<number>()

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): StreamTap["seen"] {
    // The last event may lack its empty line.
    this.#frames.close()
    const isWhole = this.#error === undefined && (this.#isDone || this.#finished.size > 0)
    return { usage: this.#usage, isWhole, error: this.#error }
  }

  #frame(event: string, data: string): void {
    if (data === "[DONE]") this.#isDone = true
    else if (event === "error" || tellsMore(data)) this.#parse(event, data)
  }

  #parse(event: string, data: string): void {
    const chunk = parseObject(data)
    if (event === "error" || (chunk !== undefined && isError(chunk))) {
      const error = readStreamError(chunk)
      this.#error ??= chunk === undefined ? { ...error, message: data } : error
      return
    }
    this.#usage = readUsage(chunk?.usage) ?? readUsage(objectOf(chunk?.x_groq)?.usage) ?? this.#usage
    for (const it of listOf(chunk?.choices))
      if (isObject(it) && typeof it.finish_reason === "string") this.#finished.add(numberOf(it.index) ?? 0)
  }
}

const NO_REASON = '"finish_reason":null'
const NO_REASON_SPACED = '"finish_reason": null'

function tellsMore(data: string): boolean {
  if (data.includes('"usage"') && !data.includes('"usage":null')) return true
  if (data.includes('"error"')) return true
  return data.includes('"finish_reason"') && !data.includes(NO_REASON) && !data.includes(NO_REASON_SPACED)
}
