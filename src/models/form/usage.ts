/** What a call used, in whole tokens. `input` and `output` are totals; the others are parts of them. */
export interface Usage {
  readonly input: number
  readonly output: number
  /** Part of `input` that was read from the provider's prompt cache. */
  readonly cachedInput: number
  /** Part of `input` that was written to the provider's prompt cache, however long it is kept there. */
  readonly cacheWrite: number
  /** Part of `cacheWrite` that is kept for an hour, which Anthropic prices apart. */
  readonly cacheWriteHour: number
  /** Part of `output`. */
  readonly reasoning: number
  /** Part of `input`; what of it is also `cachedInput` no provider tells. */
  readonly audioInput: number
  /** Part of `output`. */
  readonly audioOutput: number
}

export const NO_USAGE: Usage = Object.freeze({
  input: 0,
  output: 0,
  cachedInput: 0,
  cacheWrite: 0,
  cacheWriteHour: 0,
  reasoning: 0,
  audioInput: 0,
  audioOutput: 0,
})

/** Of two calls together, such as a call and the one it was repeated by. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cachedInput: one.cachedInput + other.cachedInput,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    cacheWriteHour: one.cacheWriteHour + other.cacheWriteHour,
    reasoning: one.reasoning + other.reasoning,
    audioInput: one.audioInput + other.audioInput,
    audioOutput: one.audioOutput + other.audioOutput,
  }
}
