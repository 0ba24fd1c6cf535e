/** Something with work to do once the code that is running now has returned. */
export interface Turning {
  /** Must not throw. */
  turn(): void
}

let waiting: Turning[] = []

/**
 * Gives `it` a turn before the next event is handled. One microtask serves all that ask, so that a head, its first body
 * bytes and its end, given one after the other, leave in one system call without a closure or a timer for each.
 */
export function turnLater(it: Turning): void {
  if (waiting.push(it) === 1) queueMicrotask(giveTurns)
}

function giveTurns(): void {
  const turning = waiting
  waiting = []
  for (const it of turning) it.turn()
}
