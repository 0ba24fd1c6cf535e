import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { SseFrames } from "../framing/sse.ts"
import { objectOf, parseObject } from "../json.ts"
import { readStreamError } from "./errors.ts"
import { readUsage } from "./usage.ts"

/** Where the type of an event stands, for those who name no event. */
const BEGINNING = 60

/** Parses nothing but the event a stream ends with. */
export class ResponsesTap implements StreamTap {
  #usage: Usage | undefined
  #isWhole = false
  #error: ProviderError | undefined
  readonly #frames = new SseFrames((event, data) => this.#event(event, data))

  read(bytes: Uint8Array): void {
    this.#frames.push(bytes)
  }

  get seen(): StreamTap["seen"] {
    return { usage: this.#usage, isWhole: this.#isWhole, error: this.#error }
  }

  #event(named: string, data: string): void {
    const where = named === "" ? data.slice(0, BEGINNING) : named
    const ends = where.includes("response.completed") || where.includes("response.incomplete")
    const fails = where.includes("response.failed") || (named === "" ? where.includes('"error"') : named === "error")
    if (!ends && !fails) return
    const event = parseObject(data)
    if (event === undefined) return
    const response = objectOf(event.response)
    this.#usage = readUsage(response?.usage) ?? this.#usage
    if (ends) this.#isWhole = true
    else this.#error = readStreamError(objectOf(response?.error) ?? objectOf(event.error) ?? event)
  }
}
