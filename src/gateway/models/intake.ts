import type { ProviderFault } from "../../models/provider-fault.ts"

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
  readonly #pieces: Buffer[] = []
  #length = 0

  /** `most`: bytes; past it `tooLarge` is told, once, and nothing is held any more. */
  constructor(most: number, then: (bytes: Buffer) => void, tooLarge: () => void) {
    this.#most = most
    this.#then = then
    this.#tooLarge = tooLarge
  }

  take(bytes: Uint8Array): void {
    if (this.#length > this.#most) return
    this.#length += bytes.length
    if (this.#length > this.#most) {
      this.#pieces.length = 0
      this.#tooLarge()
    } else this.#pieces.push(Buffer.from(bytes))
  }

  end(): void {
    if (this.#length > this.#most) return
    const [only] = this.#pieces
    this.#then(this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces))
  }
}

/** The beginning of a body, for what an error says; the rest is let pass. */
export class Beginning implements Intake {
  readonly #most: number
  readonly #then: (bytes: Buffer) => void
  readonly #pieces: Buffer[] = []
  #length = 0

  constructor(most: number, then: (bytes: Buffer) => void) {
    this.#most = most
    this.#then = then
  }

  take(bytes: Uint8Array): void {
    if (this.#length >= this.#most) return
    const piece = Buffer.from(bytes.subarray(0, this.#most - this.#length))
    this.#length += piece.length
    this.#pieces.push(piece)
  }

  end(): void {
    this.#then(Buffer.concat(this.#pieces))
  }
}

/** The fault of an answer that cannot be read. `seen`: of what it is instead. */
export const unreadable = (status: number, seen: string): ProviderFault => ({ code: "not-an-answer", status, seen })
