/** One window of one partition of one limit. */
export interface Reading {
  /** Units taken in the window, with those just taken. */
  readonly used: number
  /** Milliseconds until the window ends. */
  readonly resetsIn: number
}

/**
 * Counts what is spent, exactly, over all workers of the machine.
 *
 * Windows are fixed and begin with the first unit taken: "1000 a minute" is never more than 1000 within the window that an
 * explanation names. A partition is counted apart for each length of window. All amounts are whole units.
 */
export interface Meter {
  /**
   * Takes units, one where nothing else is said, if with them no more than `limit` are taken, and answers with `used` as if it
   * had: they were taken exactly when `used <= limit`. Undefined when the meter is full of live partitions.
   */
  take(partition: string, limit: number, windowMs: number, now: number, units?: number): Reading | undefined
  /** What `take` would answer, without taking. */
  peek(partition: string, windowMs: number, now: number, units?: number): Reading
  /**
   * Gives units back, if the window they were taken in has not ended. `takenAt` is the `now` that `take` was given: by it the
   * meter tells a unit of this window from one of the window before, which must not be given back to this one.
   */
  release(partition: string, windowMs: number, takenAt: number, units?: number): void
  /**
   * Puts right what was taken by an estimate, if the window it was taken in has not ended: `more` units, or fewer where it is
   * negative. What has happened is counted even beyond the limit; the rest of the window is then closed.
   */
  settle(partition: string, windowMs: number, takenAt: number, more: number): void
}
