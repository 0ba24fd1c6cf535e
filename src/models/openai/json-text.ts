const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d

/** Whether arrays and objects stand in each other deeper than so many levels. Tells it of any bytes, JSON or not, in one pass. */
export function nestsDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at]
    if (code === QUOTE) at = stringEnd(bytes, at) - 1
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      depth++
      if (depth > most) return true
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth--
  }
  return false
}

/**
 * The JSON object in `bytes` with another value for the member `name`, in ASCII. All else stays byte for byte: parsed and
 * written again, large numbers would come out as others. A member that stands twice is replaced twice, as no two readers
 * need agree on which of them counts.
 */
export function withMember(bytes: Buffer, name: string, value: string): Uint8Array {
  const pieces: Uint8Array[] = []
  // A byte order mark may stand before it, which JSON must not be sent with (RFC 8259 §8.1).
  let kept = bytes.indexOf(OPENING_BRACE)
  let depth = 0
  let awaitsName = false
  let isMeant = false
  let valueAt = -1
  for (let at = kept; at < bytes.length; at++) {
    const code = bytes[at]
    if (code === QUOTE) {
      const end = stringEnd(bytes, at)
      if (depth === 1 && awaitsName) isMeant = isName(bytes, at, end, name)
      awaitsName = false
      at = end - 1
    } else if (code === COLON && depth === 1 && isMeant) valueAt = at + 1
    else if (depth === 1 && (code === COMMA || code === CLOSING_BRACE)) {
      if (valueAt >= 0) {
        pieces.push(bytes.subarray(kept, valueAt), Buffer.from(value))
        kept = at
      }
      valueAt = -1
      isMeant = false
      awaitsName = code === COMMA
      if (code === CLOSING_BRACE) depth--
    } else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      depth++
      awaitsName = depth === 1
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth--
  }
  pieces.push(bytes.subarray(kept))
  return Buffer.concat(pieces)
}

/** The index after the string that begins at `from`. */
function stringEnd(bytes: Uint8Array, from: number): number {
  let at = from + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at + 1
}

/** `"mo\u0064el"` is a way to write `"model"`; each of its characters takes at most six bytes. */
function isName(bytes: Buffer, from: number, end: number, name: string): boolean {
  return end - from <= name.length * 6 + 2 && JSON.parse(bytes.toString("latin1", from, end)) === name
}
