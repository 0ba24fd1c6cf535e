/** How many entries share one lock and may stand in for one another: a partition lives in its set or nowhere. */
export const SET_SIZE = 32

/** Bytes of an entry: two halves of the identity, then the window's end and the count as doubles; 8 bytes are spare. */
export const ENTRY_BYTES = 32

/** The key of the hash, in two words, and what fills the cache line, so that no lock shares it. */
export const HEADER_BYTES = 64

/** A lock has a cache line to itself: neighbours would otherwise slow each other down. */
export const LOCK_BYTES = 64

const SET_BYTES = LOCK_BYTES + SET_SIZE * ENTRY_BYTES

export const setsIn = (buffer: SharedArrayBuffer): number => Math.floor((buffer.byteLength - HEADER_BYTES) / SET_BYTES)

/**
 * Memory for a meter of about `entries` partitions alive at once; make it once and hand it to every worker.
 *
 * With half of `entries` alive, fewer than one partition in ten thousand finds its set full.
 */
export function meterBuffer(entries = 65_536): SharedArrayBuffer {
  const sets = Math.max(1, Math.ceil(entries / SET_SIZE))
  const buffer = new SharedArrayBuffer(HEADER_BYTES + sets * SET_BYTES)
  crypto.getRandomValues(new Uint8Array(buffer, 0, 8))
  return buffer
}
