import type { Embedding } from "../../ports/answers.ts"

interface Kept {
  readonly id: number
  readonly expiresAt: number
}

/** A question that is similar, by its number. */
export interface Similar {
  readonly id: number
  readonly similarity: number
}

const FIRST_ROOM = 16

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

  add(vector: Embedding, kept: Kept): void {
    if (vector.length !== this.#dimensions) return
    const at = this.#kept.length * this.#dimensions
    if (at + this.#dimensions > this.#values.length) {
      const larger = new Float32Array(this.#values.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values.set(vector, at)
    this.#kept.push(kept)
  }

  nearest(vector: Embedding, now: number): Similar | undefined {
    if (vector.length !== this.#dimensions) return undefined
    let best: Similar | undefined
    const values = this.#values
    for (let index = 0; index < this.#kept.length; index++) {
      const kept = this.#kept[index]
      if (kept === undefined || kept.expiresAt <= now) continue
      const from = index * this.#dimensions
      let similarity = 0
      for (let at = 0; at < this.#dimensions; at++) similarity += (values[from + at] ?? 0) * (vector[at] ?? 0)
      if (best === undefined || similarity > best.similarity) best = { id: kept.id, similarity }
    }
    return best
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

  nearest(scope: string, vector: Embedding, now: number): Similar | undefined {
    return this.#scopes.get(`${vector.length} ${scope}`)?.nearest(vector, now)
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
