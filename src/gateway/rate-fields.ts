import type { MeteredUnit } from "../facts/world.ts"

/** What the tightest limit said about a request. */
export interface Metered {
  readonly unit: MeteredUnit
  readonly limit: number
  readonly used: number
  readonly windowMs: number
  readonly resetsIn: number
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) as lines. */
export function rateLines({ unit, limit, used, windowMs, resetsIn }: Metered): string {
  return `RateLimit-Policy: "${unit}";q=${limit};w=${windowMs / 1000}\r\nRateLimit: "${unit}";r=${Math.max(0, limit - used)};t=${seconds(resetsIn)}\r\n`
}

/** Whether less is left of `a`: in number, or as a share where they count different things. What is passed is tightest. */
export function isTighter(a: Metered, b: Metered): boolean {
  if (a.unit === b.unit) return left(a) < left(b)
  if (left(a) < 0 || left(b) < 0) return left(a) < 0
  return left(a) * b.limit < left(b) * a.limit
}

const left = ({ limit, used }: Metered): number => limit - used

/** Whole seconds, rounded up: a caller who waits as told must not come too early. */
export const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1000))
