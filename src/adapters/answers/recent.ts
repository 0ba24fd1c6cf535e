/** What was used last, in so many bytes at most. */
export class Recent<T> {
  readonly #most: number
  readonly #sizeOf: (value: T) => number
  // In the order of use, as a Map keeps that of insertion.
  readonly #kept = new Map<string, { readonly value: T; readonly size: number }>()
  #size = 0

  constructor(most: number, sizeOf: (value: T) => number) {
    this.#most = most
    this.#sizeOf = sizeOf
  }

  /** Bytes, by estimate. */
  get size(): number {
    return this.#size
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found.value
  }

  /** What is larger than all there may be is not kept. */
  set(key: string, value: T): void {
    this.delete(key)
    const size = this.#sizeOf(value) + key.length * 2
    if (size > this.#most) return
    this.#kept.set(key, { value, size })
    this.#size += size
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#most) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const found = this.#kept.get(key)
    if (found === undefined) return
    this.#size -= found.size
    this.#kept.delete(key)
  }
}
