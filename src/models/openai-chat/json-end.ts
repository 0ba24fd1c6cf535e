const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

/** Tells where a JSON object or array that comes in pieces ends, reading each character once. Says nothing of its validity. */
export class JsonEnd {
  #depth = 0
  #inString = false
  #isEscaped = false
  #hasBegun = false

  get isReached(): boolean {
    return this.#hasBegun && this.#depth <= 0
  }

  add(piece: string): void {
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (this.#isEscaped) this.#isEscaped = false
      else if (this.#inString) {
        if (code === BACKSLASH) this.#isEscaped = true
        else if (code === QUOTE) this.#inString = false
      } else if (code === QUOTE) this.#inString = true
      else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
        this.#depth++
        this.#hasBegun = true
      } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) this.#depth--
    }
  }
}
