/** The 64 bits that stand for a partition, as two signed 32-bit integers. */
export interface Identity {
  high: number
  low: number
}

/**
 * HalfSipHash-1-3 with 64 bits out, over the window's length and the UTF-16 units of `partition`.
 *
 * Partitions hold what callers send, and whoever can make two of them collide spends another's quota; so the hash is keyed,
 * by a secret made with the meter. The answer goes into `into`, as this runs for every request.
 */
export function identify(partition: string, windowMs: number, key0: number, key1: number, into: Identity): void {
  let v0 = key0
  let v1 = key1 ^ 0xee
  let v2 = key0 ^ 0x6c796765
  let v3 = key1 ^ 0x74656462
  const words = 3 + ((partition.length + 1) >> 1)
  // One round for each word, then three for each half of the answer: those take in nothing.
  for (let i = 0; i < words + 6; i++) {
    if (i === words) v2 ^= 0xee
    else if (i === words + 3) {
      into.high = v1 ^ v3
      v1 ^= 0xdd
    }
    const word = i < words ? wordAt(partition, windowMs, i) : 0
    v3 ^= word
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
    v0 ^= word
  }
  into.low = v1 ^ v3
}

/** The window in two words, the length in one, the text two units to a word: inputs that differ differ in some word. */
function wordAt(partition: string, windowMs: number, i: number): number {
  if (i === 0) return windowMs | 0
  if (i === 1) return (windowMs / 0x1_0000_0000) | 0
  if (i === 2) return partition.length
  const at = (i - 3) << 1
  const unit = partition.charCodeAt(at)
  return at + 1 < partition.length ? unit | (partition.charCodeAt(at + 1) << 16) : unit
}
