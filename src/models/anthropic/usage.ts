import type { Losses } from "../form/losses.ts"
import type { Usage } from "../form/usage.ts"
import { isObject, type Json, type JsonObject, numberOf, objectOf } from "../json.ts"

const COUNTS = [
  "input_tokens",
  "output_tokens",
  "cache_read_input_tokens",
  "cache_creation_input_tokens",
  "cache_creation",
  "output_tokens_details",
  "service_tier",
]

/** `Usage` and `MessageDeltaUsage` of the SDK. `input_tokens` are those neither read from the cache nor written to it. */
export function readUsage(usage: JsonObject): Usage {
  const kept = objectOf(usage.cache_creation)
  const hour = numberOf(kept?.ephemeral_1h_input_tokens) ?? 0
  const cachedInput = numberOf(usage.cache_read_input_tokens) ?? 0
  const cacheWrite =
    numberOf(usage.cache_creation_input_tokens) ?? hour + (numberOf(kept?.ephemeral_5m_input_tokens) ?? 0)
  return {
    input: (numberOf(usage.input_tokens) ?? 0) + cachedInput + cacheWrite,
    output: numberOf(usage.output_tokens) ?? 0,
    cachedInput,
    cacheWrite,
    cacheWriteHour: Math.min(hour, cacheWrite),
    reasoning: numberOf(objectOf(usage.output_tokens_details)?.thinking_tokens) ?? 0,
    audioInput: 0,
    audioOutput: 0,
  }
}

/** The later counts of a stream are totals, and those that do not apply are left out or null. */
export function laterUsage(before: JsonObject, after: JsonObject): JsonObject {
  const told = Object.entries(after).filter(([, value]) => value !== null && value !== undefined)
  return { ...before, ...Object.fromEntries(told) }
}

/** What is told with every answer and says nothing of it. */
const PLAIN: readonly Json[] = ["standard", "global", "not_available"]

/** Counts of another kind than tokens (`server_tool_use`, `speed`), for the way back into the same format. */
export function uncounted(usage: JsonObject): JsonObject | undefined {
  const rest = Object.entries(usage).filter(([name, value]) => !COUNTS.includes(name) && tells(value))
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

const tells = (value: Json | undefined): boolean =>
  isObject(value)
    ? Object.values(value).some((it) => it !== 0)
    : value !== undefined && value !== null && !PLAIN.includes(value)

/** All members stand in it, as the SDK's type has none optional. */
export function writeUsage(
  usage: Usage | undefined,
  serviceTier: string | undefined,
  rest: Json | undefined,
  losses: Losses,
): JsonObject {
  const { input = 0, output = 0, cachedInput = 0, cacheWrite = 0, cacheWriteHour = 0, reasoning = 0 } = usage ?? {}
  if ((usage?.audioInput ?? 0) + (usage?.audioOutput ?? 0) > 0)
    losses.drop("usage of audio", "Anthropic counts no tokens of audio apart")
  return {
    input_tokens: Math.max(0, input - cachedInput - cacheWrite),
    output_tokens: output,
    cache_read_input_tokens: cachedInput,
    cache_creation_input_tokens: cacheWrite,
    cache_creation: {
      ephemeral_5m_input_tokens: cacheWrite - cacheWriteHour,
      ephemeral_1h_input_tokens: cacheWriteHour,
    },
    output_tokens_details: { thinking_tokens: reasoning },
    server_tool_use: null,
    inference_geo: null,
    speed: null,
    ...objectOf(rest),
    service_tier: serviceTier ?? null,
  }
}
