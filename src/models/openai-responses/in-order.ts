import type { Citation } from "../form/content.ts"
import type { PartStart, StreamEvent } from "../form/events.ts"

interface Part {
  readonly begins: PartStart
  /** Set once its beginning was told. */
  number: number
  /** How many UTF-16 units of text came. */
  sent: number
  cited: number
  /** What came while a part before it was open. */
  held: ((part: number) => StreamEvent)[]
  isEnded: boolean
}

/** Parts that may come side by side, told one after the other, in the order they began. */
export class InOrder {
  readonly #parts = new Map<number, Part>()
  /** Those whose end has not been told; the first of them is the one that is told of now. */
  readonly #waiting: Part[] = []
  #count = 0
  readonly #to: (event: StreamEvent) => void

  constructor(to: (event: StreamEvent) => void) {
    this.#to = to
  }

  begin(key: number, begins: PartStart): Part {
    const found = this.#parts.get(key)
    if (found !== undefined) return found
    const part: Part = { begins, number: -1, sent: 0, cited: 0, held: [], isEnded: false }
    this.#parts.set(key, part)
    this.#waiting.push(part)
    if (this.#waiting.length === 1) this.#tell(part)
    return part
  }

  text(key: number, begins: PartStart, text: string): void {
    const part = this.#parts.get(key) ?? this.begin(key, begins)
    if (text === "" || part.isEnded) return
    part.sent += text.length
    if (part === this.#waiting[0]) this.#to({ kind: "text", choice: 0, part: part.number, text })
    else part.held.push((number) => ({ kind: "text", choice: 0, part: number, text }))
  }

  cite(key: number, begins: PartStart, citation: Citation): void {
    const part = this.begin(key, begins)
    if (part.isEnded) return
    part.cited++
    this.#now(part, (number) => ({ kind: "citation", choice: 0, part: number, citation }))
  }

  sign(key: number, begins: PartStart, signature: string): void {
    const part = this.begin(key, begins)
    if (!part.isEnded) this.#now(part, (number) => ({ kind: "signature", choice: 0, part: number, signature }))
  }

  end(key: number): void {
    const part = this.#parts.get(key)
    if (part === undefined || part.isEnded) return
    part.isEnded = true
    this.#tellEnded()
  }

  endAll(): void {
    for (const part of this.#waiting) part.isEnded = true
    this.#tellEnded()
  }

  sent(key: number): number {
    return this.#parts.get(key)?.sent ?? 0
  }

  cited(key: number): number {
    return this.#parts.get(key)?.cited ?? 0
  }

  #now(part: Part, event: (part: number) => StreamEvent): void {
    if (part === this.#waiting[0]) this.#to(event(part.number))
    else part.held.push(event)
  }

  #tellEnded(): void {
    for (let part = this.#waiting[0]; part?.isEnded === true; part = this.#waiting[0]) {
      this.#to({ kind: "part-end", choice: 0, part: part.number })
      this.#waiting.shift()
      const next = this.#waiting[0]
      if (next !== undefined) this.#tell(next)
    }
  }

  #tell(part: Part): void {
    part.number = this.#count++
    this.#to({ kind: "part", choice: 0, part: part.number, begins: part.begins })
    for (const event of part.held) this.#to(event(part.number))
    part.held = []
  }
}
