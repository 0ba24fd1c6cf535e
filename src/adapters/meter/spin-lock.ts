const FREE = 0
const HELD = 1

/** Tries before sleeping: a holder that runs is done within a few hundred nanoseconds. */
const SPINS = 200

/** Sleeps of a millisecond before the holder is taken for dead. */
const PATIENCE = 1000

/**
 * Takes the lock at `at`, waiting as long as needed.
 *
 * A thread that was ended while it held the lock never gives it back. Its holder does a hundred nanoseconds of work, so one
 * that has not after a second of waiting is gone, and the lock is taken over; entries are written so that what it left half
 * done reads as a window that has ended.
 */
export function acquire(words: Int32Array, at: number): void {
  for (let spin = 0; spin < SPINS; spin++) if (Atomics.compareExchange(words, at, FREE, HELD) === FREE) return
  for (let sleep = 0; sleep < PATIENCE; sleep++) {
    Atomics.wait(words, at, HELD, 1)
    if (Atomics.compareExchange(words, at, FREE, HELD) === FREE) return
  }
}

/** Nobody is woken: who waits looks again within a millisecond, and waking would cost every request a system call. */
export function unlock(words: Int32Array, at: number): void {
  Atomics.store(words, at, FREE)
}
