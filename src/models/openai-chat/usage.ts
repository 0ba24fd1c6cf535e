import type { Usage } from "../form/usage.ts"
import { type Json, type JsonObject, numberOf, objectOf } from "../json.ts"

const count = (value: Json | undefined): number => Math.max(0, Math.floor(numberOf(value) ?? 0))

/**
 * `CompletionUsage` (openai-node, resources/completions.ts), with what others add: DeepSeek's `prompt_cache_hit_tokens` and
 * Moonshot's `cached_tokens`. xAI and Google leave thoughts out of `completion_tokens`, which shows in the total. Undefined
 * where none was told.
 */
export function readUsage(value: Json | undefined): Usage | undefined {
  const told = objectOf(value)
  if (told === undefined || (told.prompt_tokens === undefined && told.completion_tokens === undefined)) return undefined
  const input = count(told.prompt_tokens)
  const ofInput = objectOf(told.prompt_tokens_details)
  const ofOutput = objectOf(told.completion_tokens_details)
  return {
    input,
    output: Math.max(count(told.completion_tokens), count(told.total_tokens) - input),
    cachedInput: count(ofInput?.cached_tokens ?? told.prompt_cache_hit_tokens ?? told.cached_tokens),
    cacheWrite: count(ofInput?.cache_write_tokens),
    cacheWriteHour: 0,
    reasoning: count(ofOutput?.reasoning_tokens ?? told.reasoning_tokens),
    audioInput: count(ofInput?.audio_tokens),
    audioOutput: count(ofOutput?.audio_tokens),
  }
}

/** Tells all but `cacheWriteHour`, which OpenAI has no member for and which is part of `cacheWrite`. */
export const writeUsage = (usage: Usage): JsonObject => ({
  prompt_tokens: usage.input,
  completion_tokens: usage.output,
  total_tokens: usage.input + usage.output,
  prompt_tokens_details: {
    cached_tokens: usage.cachedInput,
    audio_tokens: usage.audioInput,
    ...(usage.cacheWrite === 0 ? {} : { cache_write_tokens: usage.cacheWrite }),
  },
  completion_tokens_details: {
    reasoning_tokens: usage.reasoning,
    audio_tokens: usage.audioOutput,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
})
