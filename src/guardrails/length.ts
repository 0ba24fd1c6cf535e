/** How long a text is, in what limits are written in. */
export interface TextLength {
  /** Code points. */
  readonly characters: number
  /** Runs without blanks; of scripts that write none, every character. */
  readonly words: number
  /** Estimated: four characters of Latin script to a token, one of others, which is rather too many than too few. */
  readonly tokens: number
}

export const LENGTH_VERSION = 1

const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000

/** Han, kana and scripts of south-east Asia. */
const isUnspaced = (code: number): boolean => (code >= 0x0e00 && code <= 0x0fff) || (code >= 0x2e80 && code <= 0x9fff)

/** Counts a text that comes in pieces; cut anywhere, it comes to the same. */
export class LengthCounter {
  #characters = 0
  #words = 0
  #quarters = 0
  #isInside = false

  add(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      // The second half of a pair was counted with the first.
      if (code >= 0xdc00 && code <= 0xdfff) continue
      this.#characters++
      this.#quarters += code < 0x250 ? 1 : 4
      const isOwn = isUnspaced(code)
      const isHere = !isOwn && !isBlank(code)
      if (isOwn || (isHere && !this.#isInside)) this.#words++
      this.#isInside = isHere
    }
  }

  /** What comes next is another text. */
  break(): void {
    this.#isInside = false
  }

  get length(): TextLength {
    return { characters: this.#characters, words: this.#words, tokens: Math.ceil(this.#quarters / 4) }
  }
}

/** Of all texts together. */
export function lengthOf(texts: readonly string[]): TextLength {
  const counter = new LengthCounter()
  for (const text of texts) {
    counter.add(text)
    counter.break()
  }
  return counter.length
}
