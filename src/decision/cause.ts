import type { Party } from "./party.ts"
import type { NonEmpty } from "./value.ts"

/** A status with which a request can be refused (RFC 9110 §15, RFC 6585). */
export type RefusalStatus =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 408
  | 409
  | 411
  | 413
  | 414
  | 415
  | 422
  | 429
  | 431
  | 500
  | 501
  | 502
  | 503
  | 504
  | 505

/** One comparison as one audience may be told it: what it may not see is not there to be leaked. */
export interface Told {
  readonly fact: string
  readonly said: string
  readonly observed?: string
  readonly required?: string
}

/** Why a request was refused. */
export interface Cause {
  /** The path of its file below `causes/`, the last part of its page's address, the header's value, the argument of `explain`. */
  readonly code: `${string}/${string}`
  readonly status: RefusalStatus
  /** What happened, as a sentence that stands alone in a log line. */
  readonly title: string
  /** Why the gateway insists on it, in the reader's own values where they may be told. */
  explain(evidence: NonEmpty<Told>): string
  /** What to do, one entry per party that can do something. */
  readonly fix: NonEmpty<{ readonly by: Exclude<Party, "nobody">; readonly does: string }>
}

export const cause = (spec: Cause): Cause => Object.freeze(spec)
