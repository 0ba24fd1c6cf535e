/** What became of a request at the cache, for the field `Cache-Status` (RFC 9211). */
export type CacheOutcome =
  | {
      readonly kind: "hit"
      /** Milliseconds until the answer expires; negative where it has. */
      readonly ttlMs: number
      /** Of an answer to a similar question. */
      readonly similarity?: number
    }
  | {
      readonly kind: "forwarded"
      /** There was none; the request asked for none (`Cache-Control: no-cache`); there was one, too old. */
      readonly why: "miss" | "bypass" | "stale"
      /** Whether the answer is kept. */
      readonly stored: boolean
      readonly ttlMs?: number
    }

/** The field's value. What the answer is kept under is not told: it would let one caller ask what others asked. */
export function cacheStatus(outcome: CacheOutcome): string {
  switch (outcome.kind) {
    case "hit": {
      const near = outcome.similarity === undefined ? "" : `; detail="similar ${outcome.similarity.toFixed(3)}"`
      return `pinpoint; hit; ttl=${seconds(outcome.ttlMs)}${near}`
    }
    case "forwarded": {
      const stored = outcome.stored ? "; stored" : ""
      const ttl = outcome.ttlMs === undefined ? "" : `; ttl=${seconds(outcome.ttlMs)}`
      return `pinpoint; fwd=${outcome.why}${stored}${ttl}`
    }
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)
