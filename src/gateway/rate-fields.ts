/** What the tightest limit said about a request. */
export interface Metered {
  readonly limit: number
  readonly used: number
  readonly windowMs: number
  readonly resetsIn: number
}

/** `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) as lines. */
export function rateLines({ limit, used, windowMs, resetsIn }: Metered): string {
  return `RateLimit-Policy: "requests";q=${limit};w=${windowMs / 1000}\r\nRateLimit: "requests";r=${Math.max(0, limit - used)};t=${seconds(resetsIn)}\r\n`
}

/** Whole seconds, rounded up: a caller who waits as told must not come too early. */
export const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1000))
