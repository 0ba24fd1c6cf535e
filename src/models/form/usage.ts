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

const COUNTS = [
  "input",
  "output",
  "cachedInput",
  "cacheWrite",
  "cacheWriteHour",
  "reasoning",
  "audioInput",
  "audioOutput",
] as const

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

/** More tokens no call takes. */
const MOST_TOKENS = 1e9

/**
 * What a provider tells, as far as it can be counted: fractions are rounded up. Undefined for less than nothing and for more than
 * any call takes, which would put every budget out.
 */
export function countable(told: Usage): Usage | undefined {
  const counts = { ...NO_USAGE }
  for (const name of COUNTS) {
    if (!(told[name] >= 0 && told[name] <= MOST_TOKENS)) return undefined
    counts[name] = Math.ceil(told[name])
  }
  return counts
}

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
