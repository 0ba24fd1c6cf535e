import type { Fields } from "../../http/fields.ts"
import type { Dialect } from "../../models/codec.ts"
import { providerRequestId, rateLimitLines } from "../../models/rate-limit-fields.ts"
import type { TellingWay } from "../../models/routing/way.ts"

/** What a provider says beside its answer, as lines for the caller. What passes has the provider's own fields already. */
export function providerLines(fields: Fields, way: TellingWay, dialect: Dialect, now: number): string {
  const id = providerRequestId(fields)
  const limits = way.kind === "translate" ? rateLimitLines(fields, dialect, now) : ""
  return id === undefined ? limits : `${limits}X-Provider-Request-Id: ${id}\r\n`
}
