/**
 * Places in a text by its bytes of UTF-8, as Gemini counts them, and by its UTF-16 units. A place within a character is taken
 * for its beginning.
 */
export class TextOffsets {
  readonly #text: string
  #unitOfByte: Uint32Array | undefined

  constructor(text: string) {
    this.#text = text
  }

  toUnits(bytes: number): number {
    const table = this.#table()
    return table[Math.max(0, Math.min(Math.floor(bytes), table.length - 1))] ?? this.#text.length
  }

  toBytes(units: number): number {
    return Buffer.byteLength(this.#text.slice(0, Math.max(0, units)))
  }

  /** Made once, so that many citations of a long text take no longer than it. */
  #table(): Uint32Array {
    if (this.#unitOfByte !== undefined) return this.#unitOfByte
    const table = new Uint32Array(Buffer.byteLength(this.#text) + 1)
    let byte = 0
    let unit = 0
    for (const character of this.#text) {
      const size = Buffer.byteLength(character)
      table.fill(unit, byte, byte + size)
      byte += size
      unit += character.length
    }
    table[byte] = unit
    this.#unitOfByte = table
    return table
  }
}
