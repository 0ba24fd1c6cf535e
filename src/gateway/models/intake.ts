import { GrowingBytes } from "../../models/framing/growing-bytes.ts"
import type { ProviderFault } from "../../models/provider-fault.ts"

/** Bytes of an answer that is held, or added up; images come as base64. */
export const MOST_OF_ANSWER = 64 * 1024 * 1024

/** Takes in the body of one answer of a provider, as it comes. */
export interface Intake {
  /** The buffer is reused after the call. */
  take(bytes: Uint8Array): void
  /** The body has ended, as its framing says it should. */
  end(): void
}

/** A body that is held until it is whole. */
export class WholeBody implements Intake {
  readonly #most: number
  readonly #then: (bytes: Buffer) => void
  readonly #tooLarge: () => void
  readonly #held = new GrowingBytes()
  #isOver = false

  /** `most`: bytes; past it `tooLarge` is told, once, and nothing is held any more. */
  constructor(most: number, then: (bytes: Buffer) => void, tooLarge: () => void) {
    this.#most = most
    this.#then = then
    this.#tooLarge = tooLarge
  }

  take(bytes: Uint8Array): void {
    if (this.#isOver) return
    if (this.#held.length + bytes.length > this.#most) {
      this.#isOver = true
      this.#held.take()
      this.#tooLarge()
    } else this.#held.add(bytes)
  }

  end(): void {
    if (!this.#isOver) this.#then(this.#held.take())
  }
}

/** The beginning of a body, for what an error says; the rest is let pass. */
export class Beginning implements Intake {
  readonly #most: number
  readonly #then: (bytes: Buffer) => void
  readonly #held = new GrowingBytes()

  constructor(most: number, then: (bytes: Buffer) => void) {
    this.#most = most
    this.#then = then
  }

  take(bytes: Uint8Array): void {
    this.#held.add(bytes.subarray(0, this.#most - this.#held.length))
  }

  end(): void {
    this.#then(this.#held.take())
  }
}

/** The fault of an answer that cannot be read. `seen`: of what it is instead. */
export const unreadable = (status: number, seen: string): ProviderFault => ({ code: "not-an-answer", status, seen })
