import type { CacheMark } from "../form/content.ts"
import type { Losses } from "../form/losses.ts"
import type { Place } from "../form/place.ts"
import { type JsonObject, objectOf } from "../json.ts"

/**
 * `cache_control` of a part or tool, as OpenRouter and LiteLLM take it (Anthropic's own member), or OpenAI's
 * `prompt_cache_breakpoint`.
 */
export function readMark(part: Place): { readonly cache?: CacheMark } {
  const mark = part.at("cache_control")
  if (!mark.isAbsent) return { cache: { hour: mark.at("ttl").optionalText() === "1h" } }
  return part.at("prompt_cache_breakpoint").isAbsent ? {} : { cache: { hour: false } }
}

/** As `readMark`, of what an assistant said, which is read tolerantly. */
export function markIn(part: JsonObject): { readonly cache?: CacheMark } {
  const mark = objectOf(part.cache_control)
  return mark === undefined ? {} : { cache: { hour: mark.ttl === "1h" } }
}

/** @param isTaken whether the provider takes marks in this format. */
export function writeMark(cache: CacheMark | undefined, isTaken: boolean, losses: Losses): JsonObject {
  if (cache === undefined) return {}
  if (isTaken) return { cache_control: { type: "ephemeral", ...(cache.hour ? { ttl: "1h" } : {}) } }
  losses.drop("cache_control", "the provider takes no cache marks in this format")
  return {}
}
