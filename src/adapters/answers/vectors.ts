import type { Embedding } from "../../ports/answers.ts"

interface Kept {
  readonly id: number
  readonly expiresAt: number
  /** Length of the vector without its head. */
  readonly rest: number
}

/** A question that is similar, by its number. */
export interface Similar {
  readonly id: number
  readonly similarity: number
}

const FIRST_ROOM = 16
/** Dimensions after which most vectors are known not to be similar enough. */
const HEAD = 64
/** Sums of single precision differ in the last digits by their order. */
const TOLERANCE = 1e-4

/** Vectors of one scope, side by side, so that comparing goes through memory once. */
class ScopeVectors {
  readonly #dimensions: number
  #values: Float32Array
  #kept: Kept[] = []

  constructor(dimensions: number) {
    this.#dimensions = dimensions
    this.#values = new Float32Array(dimensions * FIRST_ROOM)
  }

  get count(): number {
    return this.#kept.length
  }

  add(vector: Embedding, { id, expiresAt }: Omit<Kept, "rest">): void {
    if (vector.length !== this.#dimensions) return
    const at = this.#kept.length * this.#dimensions
    if (at + this.#dimensions > this.#values.length) {
      const larger = new Float32Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values.set(vector, at)
    this.#kept.push({ id, expiresAt, rest: restOf(vector) })
  }

  /** What the rest of two vectors can add to the product of their heads is at most the product of its lengths. */
  nearest(vector: Embedding, least: number, now: number): Similar | undefined {
    const rest = restOf(vector)
    const values = this.#values
    let [best, id] = [least, 0]
    for (let index = 0; index < this.#kept.length; index++) {
      const kept = this.#kept[index]
      if (kept === undefined || kept.expiresAt <= now) continue
      const from = index * this.#dimensions
      const head = product(values, from, vector, 0, HEAD)
      if (head + rest * kept.rest + TOLERANCE < best) continue
      const similarity = head + product(values, from, vector, HEAD, this.#dimensions)
      if (similarity < best || (similarity === best && id !== 0)) continue
      best = similarity
      id = kept.id
    }
    return id === 0 ? undefined : { id, similarity: best }
  }

  /** Keeps those with a number above, which has not expired. */
  dropUpTo(id: number, now: number): void {
    const old = this.#kept
    const values = this.#values
    this.#kept = []
    this.#values = new Float32Array(this.#dimensions * FIRST_ROOM)
    old.forEach((it, index) => {
      if (it.id <= id || it.expiresAt <= now) return
      this.add(values.slice(index * this.#dimensions, (index + 1) * this.#dimensions), it)
    })
  }
}

const restOf = (vector: Embedding): number => Math.hypot(...vector.subarray(HEAD))

/** Four sums at a time, as each addition would wait for the one before. */
function product(values: Float32Array, from: number, vector: Embedding, start: number, end: number): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let at = start
  const last = Math.min(end, vector.length)
  for (; at + 4 <= last; at += 4) {
    a += (values[from + at] ?? 0) * (vector[at] ?? 0)
    b += (values[from + at + 1] ?? 0) * (vector[at + 1] ?? 0)
    c += (values[from + at + 2] ?? 0) * (vector[at + 2] ?? 0)
    d += (values[from + at + 3] ?? 0) * (vector[at + 3] ?? 0)
  }
  for (; at < last; at++) a += (values[from + at] ?? 0) * (vector[at] ?? 0)
  return a + b + c + d
}

/** The questions of one tenant. */
export class TenantVectors {
  readonly #scopes = new Map<string, ScopeVectors>()
  #count = 0
  /** The highest number that was read. */
  newest = 0

  get count(): number {
    return this.#count
  }

  add(scope: string, vector: Embedding, id: number, expiresAt: number): void {
    const key = `${vector.length} ${scope}`
    const vectors = this.#scopes.get(key) ?? new ScopeVectors(vector.length)
    this.#scopes.set(key, vectors)
    vectors.add(vector, { id, expiresAt })
    this.newest = Math.max(this.newest, id)
    this.#count++
  }

  /** The first of the most similar, where it is at least as similar as `least`. */
  nearest(scope: string, vector: Embedding, least: number, now: number): Similar | undefined {
    return this.#scopes.get(`${vector.length} ${scope}`)?.nearest(vector, least, now)
  }

  dropUpTo(id: number, now: number): void {
    this.#count = 0
    for (const [key, vectors] of this.#scopes) {
      vectors.dropUpTo(id, now)
      this.#count += vectors.count
      if (vectors.count === 0) this.#scopes.delete(key)
    }
  }
}
