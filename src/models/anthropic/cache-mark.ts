import type { CacheMark } from "../form/content.ts"
import type { Place } from "../form/place.ts"
import type { JsonObject } from "../json.ts"

/** `cache_control` of a block or tool (`CacheControlEphemeral` of the SDK). */
export function readCache(block: Place): { readonly cache?: CacheMark } {
  const place = block.at("cache_control")
  if (place.isAbsent) return {}
  place.at("type").oneOf(["ephemeral"])
  const ttl = place.at("ttl")
  return { cache: { hour: !ttl.isAbsent && ttl.oneOf(["5m", "1h"]) === "1h" } }
}

export function writeCache(cache: CacheMark | undefined): JsonObject {
  if (cache === undefined) return {}
  return { cache_control: cache.hour ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" } }
}
