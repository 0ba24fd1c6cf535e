import type { Meter, Reading } from "../../ports/meter.ts"
import { ENTRY_BYTES, HEADER_BYTES, LOCK_BYTES, meterBuffer, SET_SIZE, setsIn } from "./meter-buffer.ts"
import { type Identity, identify } from "./partition-hash.ts"
import { acquire, unlock } from "./spin-lock.ts"

const SET_WORDS = (LOCK_BYTES + SET_SIZE * ENTRY_BYTES) / 4
const ENTRY_WORDS = ENTRY_BYTES / 4

/** Words from an entry's start. */
const HIGH = 0
const LOW = 1
/** Doubles from an entry's start. */
const END = 1
const USED = 2

const NONE = -1

/**
 * A meter over shared memory: all threads that were given the same buffer count as one, exactly.
 *
 * The memory is a table of sets, each with a lock; an identity belongs to one set, so that the thread which holds the lock
 * is alone with everything that could concern its partition. Entries are never emptied, only used again once their window
 * has ended; so a search that meets an unused one can stop.
 */
export function createMeter(buffer: SharedArrayBuffer = meterBuffer()): Meter & { readonly buffer: SharedArrayBuffer } {
  return new SharedMeter(buffer)
}

class SharedMeter implements Meter {
  readonly buffer: SharedArrayBuffer
  readonly #words: Int32Array
  readonly #doubles: Float64Array
  readonly #sets: number
  readonly #identity: Identity = { high: 0, low: 0 }

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer
    this.#words = new Int32Array(buffer)
    this.#doubles = new Float64Array(buffer)
    this.#sets = setsIn(buffer)
  }

  take(partition: string, limit: number, windowMs: number, now: number, units = 1): Reading | undefined {
    const set = this.#enter(partition, windowMs)
    let entry = this.#find(set)
    if (entry !== NONE && this.#lives(entry, windowMs, now)) {
      const at = entry >> 1
      const used = this.#double(at + USED) + units
      if (used <= limit) this.#doubles[at + USED] = used
      const resetsIn = this.#remaining(at, windowMs, now)
      unlock(this.#words, set)
      return { used, resetsIn }
    }
    if (limit >= units) {
      if (entry === NONE) entry = this.#vacancy(set, now)
      if (entry !== NONE) this.#begin(entry, now + windowMs, units)
    }
    unlock(this.#words, set)
    return limit >= units && entry === NONE ? undefined : { used: units, resetsIn: windowMs }
  }

  peek(partition: string, windowMs: number, now: number, units = 1): Reading {
    const set = this.#enter(partition, windowMs)
    const entry = this.#find(set)
    const lives = entry !== NONE && this.#lives(entry, windowMs, now)
    const used = lives ? this.#double((entry >> 1) + USED) + units : units
    const resetsIn = lives ? this.#remaining(entry >> 1, windowMs, now) : windowMs
    unlock(this.#words, set)
    return { used, resetsIn }
  }

  release(partition: string, windowMs: number, takenAt: number, units = 1): void {
    this.settle(partition, windowMs, takenAt, -units)
  }

  settle(partition: string, windowMs: number, takenAt: number, more: number): void {
    const set = this.#enter(partition, windowMs)
    const entry = this.#find(set)
    if (entry !== NONE) {
      const at = entry >> 1
      const end = this.#double(at + END)
      // A unit of the window before was taken before this one began.
      if (takenAt >= end - windowMs && takenAt < end)
        this.#doubles[at + USED] = Math.max(0, this.#double(at + USED) + more)
    }
    unlock(this.#words, set)
  }

  /** Takes the lock of the partition's set, and answers with the lock's place. */
  #enter(partition: string, windowMs: number): number {
    const words = this.#words
    identify(partition, windowMs, words[0] ?? 0, words[1] ?? 0, this.#identity)
    const set = HEADER_BYTES / 4 + ((this.#identity.high >>> 0) % this.#sets) * SET_WORDS
    acquire(words, set)
    return set
  }

  /** The entry with the identity, whether its window lasts or not. */
  #find(set: number): number {
    const { high, low } = this.#identity
    const words = this.#words
    const start = set + LOCK_BYTES / 4
    for (let i = 0; i < SET_SIZE; i++) {
      // Begun where the identity says, so that a search mostly ends at its first entry.
      const entry = start + ((low + i) & (SET_SIZE - 1)) * ENTRY_WORDS
      if (words[entry + HIGH] === high && words[entry + LOW] === low) return entry
      if (this.#doubles[(entry >> 1) + END] === 0) return NONE
    }
    return NONE
  }

  /** An entry that is unused or whose window has ended, made the identity's. */
  #vacancy(set: number, now: number): number {
    const { high, low } = this.#identity
    const start = set + LOCK_BYTES / 4
    for (let i = 0; i < SET_SIZE; i++) {
      const entry = start + ((low + i) & (SET_SIZE - 1)) * ENTRY_WORDS
      if (this.#double((entry >> 1) + END) > now) continue
      this.#words[entry + HIGH] = high
      this.#words[entry + LOW] = low
      return entry
    }
    return NONE
  }

  /** The end is written last: until then the entry reads as one whose window has ended. */
  #begin(entry: number, end: number, units: number): void {
    this.#doubles[(entry >> 1) + USED] = units
    this.#doubles[(entry >> 1) + END] = end
  }

  /** A window that ends further off than two of its length began under a clock that was wrong since, and is over. */
  #lives(entry: number, windowMs: number, now: number): boolean {
    const end = this.#double((entry >> 1) + END)
    return now < end && end - now <= 2 * windowMs
  }

  /** Never more than the window: the clock may have gone back since it began. */
  #remaining(at: number, windowMs: number, now: number): number {
    return Math.min(windowMs, this.#double(at + END) - now)
  }

  #double(at: number): number {
    return this.#doubles[at] ?? 0
  }
}
