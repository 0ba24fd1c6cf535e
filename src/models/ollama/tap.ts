import type { StreamTap } from "../codec.ts"
import type { ProviderError } from "../form/answer.ts"
import type { Usage } from "../form/usage.ts"
import { NdjsonLines } from "../framing/ndjson.ts"
import { parseObject } from "../json.ts"
import { readStreamError } from "../openai-chat/read-error.ts"
import { usageOf } from "./answer-members.ts"

/** Parses only the last line and errors: the quotes of a member's name are escaped where a text holds the same words. */
export class OllamaTap implements StreamTap {
  readonly #lines = new NdjsonLines((line) => this.#line(line))
  #usage: Usage | undefined
  #error: ProviderError | undefined
  #isDone = false

  read(bytes: Uint8Array): void {
    this.#lines.push(bytes)
  }

  get seen(): StreamTap["seen"] {
    // The last line may lack its end.
    this.#lines.close()
    return { usage: this.#usage, isWhole: this.#isDone && this.#error === undefined, error: this.#error }
  }

  #line(line: string): void {
    if (!line.includes('"error"') && line.includes('"done":false')) return
    const told = parseObject(line)
    if (told === undefined) return
    if (told.error !== undefined && told.error !== null) this.#error ??= readStreamError(told)
    if (told.done !== true) return
    this.#isDone = true
    this.#usage = usageOf(told)
  }
}
