import type { Usage } from "../form/usage.ts"
import { isObject, type JsonObject, listOf, numberOf } from "../json.ts"

/** `TokenUsage` of the SDK. `inputTokens` are those neither read from the cache nor written to it. */
export function readUsage(usage: JsonObject): Usage {
  const cachedInput = numberOf(usage.cacheReadInputTokens) ?? 0
  const cacheWrite = numberOf(usage.cacheWriteInputTokens) ?? 0
  let hour = 0
  for (const it of listOf(usage.cacheDetails))
    if (isObject(it) && it.ttl === "1h") hour += numberOf(it.inputTokens) ?? 0
  return {
    input: (numberOf(usage.inputTokens) ?? 0) + cachedInput + cacheWrite,
    output: numberOf(usage.outputTokens) ?? 0,
    cachedInput,
    cacheWrite,
    cacheWriteHour: Math.min(hour, cacheWrite),
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
  }
}
