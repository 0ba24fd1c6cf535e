import type { Losses } from "../form/losses.ts"
import { NO_USAGE, type Usage } from "../form/usage.ts"
import { type Json, type JsonObject, listOf, numberOf, objectOf } from "../json.ts"

/** `usageMetadata`. Thoughts are counted apart from what is told, and results of the provider's tools apart from the prompt. */
export function readUsage(value: Json | undefined): Usage | undefined {
  const usage = objectOf(value)
  if (usage === undefined) return undefined
  const reasoning = numberOf(usage.thoughtsTokenCount) ?? 0
  return {
    ...NO_USAGE,
    input: (numberOf(usage.promptTokenCount) ?? 0) + (numberOf(usage.toolUsePromptTokenCount) ?? 0),
    output: (numberOf(usage.candidatesTokenCount) ?? numberOf(usage.responseTokenCount) ?? 0) + reasoning,
    cachedInput: numberOf(usage.cachedContentTokenCount) ?? 0,
    reasoning,
    audioInput: audioIn(usage.promptTokensDetails),
    audioOutput: audioIn(usage.candidatesTokensDetails),
  }
}

function audioIn(details: Json | undefined): number {
  let sum = 0
  for (const it of listOf(details)) {
    const counted = objectOf(it)
    if (counted?.modality === "AUDIO") sum += numberOf(counted.tokenCount) ?? 0
  }
  return sum
}

export function writeUsage(usage: Usage, losses: Losses): JsonObject {
  if (usage.cacheWrite > 0) losses.drop("usage.cacheWrite", "Gemini tells only what was read from a cache")
  if (usage.cacheWriteHour > 0) losses.drop("usage.cacheWriteHour", "Gemini tells only what was read from a cache")
  const told = usage.output - usage.reasoning
  return {
    promptTokenCount: usage.input,
    candidatesTokenCount: told,
    totalTokenCount: usage.input + usage.output,
    ...(usage.reasoning === 0 ? {} : { thoughtsTokenCount: usage.reasoning }),
    ...(usage.cachedInput === 0 ? {} : { cachedContentTokenCount: usage.cachedInput }),
    ...(usage.audioInput === 0 ? {} : { promptTokensDetails: byModality(usage.input, usage.audioInput) }),
    ...(usage.audioOutput === 0 ? {} : { candidatesTokensDetails: byModality(told, usage.audioOutput) }),
  }
}

const byModality = (all: number, audio: number): readonly JsonObject[] => [
  { modality: "TEXT", tokenCount: Math.max(0, all - audio) },
  { modality: "AUDIO", tokenCount: audio },
]
