import type { Embedding } from "../../ports/answers.ts"

const DIMENSIONS = 384
const SHORTEST = 3
const LONGEST = 5
/** Characters; of a longer text a part would have to stand for the whole. */
const MOST_TEXT = 16_384
/** A whole word says more than a part of one. */
const WORD_WEIGHT = 2
/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5
const PRIME = 0x01000193

/**
 * A text by the words and the runs of three to five characters it is made of, each hashed to a dimension and a sign. Needs no
 * model and no network and always comes to the same; it knows texts that are written alike, not those that mean the same.
 * Undefined for a text that is too long, or has neither letters nor digits.
 */
export function builtInEmbedding(text: string): Embedding | undefined {
  if (text.length > MOST_TEXT) return undefined
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  if (words === null) return undefined
  const counts = new Float32Array(DIMENSIONS)
  for (const word of words) addHash(counts, hashOf(word, 0, word.length, 1), WORD_WEIGHT)
  const joined = ` ${words.join(" ")} `
  for (let size = SHORTEST; size <= LONGEST; size++)
    for (let at = 0; at + size <= joined.length; at++) addHash(counts, hashOf(joined, at, at + size, size), 1)
  return unit(counts)
}

function hashOf(text: string, from: number, to: number, seed: number): number {
  let hash = BASIS ^ seed
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME)
  // Low bits of FNV mix little.
  return (hash ^ (hash >>> 15)) >>> 0
}

function addHash(counts: Float32Array, hash: number, weight: number): void {
  const at = hash % DIMENSIONS
  counts[at] = (counts[at] ?? 0) + (hash & 0x8000_0000 ? -weight : weight)
}

/** Of length 1; undefined where it has none. */
export function unit(vector: Iterable<number>): Embedding | undefined {
  const scaled = Float32Array.from(vector)
  const length = Math.sqrt(scaled.reduce((sum, it) => sum + it * it, 0))
  return Number.isFinite(length) && length > 0 ? scaled.map((it) => it / length) : undefined
}
