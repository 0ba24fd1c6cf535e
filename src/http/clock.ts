/** Milliseconds between two ticks. */
const TICK = 100
/** A deadline that never comes. */
export const NEVER = 2 ** 50

/**
 * Time as counted by one coarse timer for all connections, so that a deadline costs an addition and not a timer.
 *
 * It counts ticks and not the time of day: a process that was held up for seconds first reads what has arrived meanwhile
 * and does not take those who sent it for late.
 */
export class Clock {
  /** Ticks since the start. */
  now = 0
  readonly #timer: ReturnType<typeof setInterval>

  constructor(onTick: (now: number) => void) {
    this.#timer = setInterval(() => onTick(++this.now), TICK)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** The ticks after which that many milliseconds have surely passed. */
export function ticks(milliseconds: number): number {
  return Math.ceil(milliseconds / TICK) + 1
}
