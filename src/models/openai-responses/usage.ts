import type { Losses } from "../form/losses.ts"
import { NO_USAGE, type Usage } from "../form/usage.ts"
import { type Json, type JsonObject, numberOf, objectOf } from "../json.ts"

export function readUsage(value: Json | undefined): Usage | undefined {
  const usage = objectOf(value)
  if (usage === undefined) return undefined
  const input = objectOf(usage.input_tokens_details)
  const output = objectOf(usage.output_tokens_details)
  return {
    ...NO_USAGE,
    input: numberOf(usage.input_tokens) ?? 0,
    output: numberOf(usage.output_tokens) ?? 0,
    cachedInput: numberOf(input?.cached_tokens) ?? 0,
    cacheWrite: numberOf(input?.cache_write_tokens) ?? 0,
    reasoning: numberOf(output?.reasoning_tokens) ?? 0,
  }
}

export function writeUsage(usage: Usage, losses: Losses): JsonObject {
  if (usage.cacheWriteHour > 0) losses.drop("usage.cacheWriteHour", "the Responses API has one kind of cache write")
  if (usage.audioInput > 0) losses.drop("usage.audioInput", "usage of the Responses API does not tell audio apart")
  if (usage.audioOutput > 0) losses.drop("usage.audioOutput", "usage of the Responses API does not tell audio apart")
  return {
    input_tokens: usage.input,
    input_tokens_details: { cached_tokens: usage.cachedInput, cache_write_tokens: usage.cacheWrite },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: usage.input + usage.output,
  }
}
