/** An answer that came to its end and was permitted: what was cut, refused or is an error is none, and is never kept. */
export interface WholeAnswer {
  readonly isWhole: true
  /** As it is given again: opaque to the cache. */
  readonly text: string
}

export interface CachedAnswer {
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly keptAt: number
  readonly expiresAt: number
}

export interface NearAnswer extends CachedAnswer {
  /** Cosine of the two vectors, to 1. */
  readonly similarity: number
}

/** A question as numbers, which lie close together where the questions mean about the same. Of length 1. */
export type Embedding = Float32Array

/**
 * Answers that were given before, each for one tenant alone: no method ever tells one of another's.
 *
 * A cache is no source of truth. What cannot be read is not there, what cannot be kept is not kept, and neither throws.
 */
export interface AnswerCache {
  /** `question`: a digest of all that the answer depends on. `now`: milliseconds since the epoch. */
  find(tenant: string, question: string, now: number): CachedAnswer | undefined
  /** The same question again takes the place of the one before. */
  keep(tenant: string, question: string, answer: WholeAnswer, now: number, expiresAt: number): void
  /**
   * The most similar of the questions kept in the same scope, where it is at least as similar as `least`. `scope`: a digest of
   * all that has to be the same besides.
   */
  findNear(tenant: string, scope: string, question: Embedding, least: number, now: number): NearAnswer | undefined
  /** Of too many questions of a tenant the oldest are dropped. */
  keepNear(
    tenant: string,
    scope: string,
    question: Embedding,
    answer: WholeAnswer,
    now: number,
    expiresAt: number,
  ): void
  close(): void
}

/** Questions of a tenant that can be compared with, at most. */
export const MOST_QUESTIONS = 10_000
