import { LengthCounter } from "./length.ts"
import type { Lengths } from "./settings.ts"
import type { TextFilter } from "./sieve.ts"

/** Passes a text on until it becomes too long. */
export class LengthFilter implements TextFilter {
  readonly #limits: Lengths
  readonly #counter = new LengthCounter()
  #stopped: string | undefined

  constructor(limits: Lengths) {
    this.#limits = limits
  }

  get stopped(): string | undefined {
    return this.#stopped
  }

  push(text: string): string {
    if (this.#stopped !== undefined) return ""
    this.#counter.add(text)
    if (!isLonger(this.#counter, this.#limits)) return text
    this.#stopped = "length"
    return ""
  }

  end(): string {
    return ""
  }
}

function isLonger({ length }: LengthCounter, limits: Lengths): boolean {
  const { characters, words, tokens } = limits
  return (
    (characters !== undefined && length.characters > characters) ||
    (words !== undefined && length.words > words) ||
    (tokens !== undefined && length.tokens > tokens)
  )
}
