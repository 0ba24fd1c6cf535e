import { CR, IS_FIELD_BYTE, IS_TOKEN, LF, SP, TAB } from "./bytes.ts"
import type { Fault } from "./fault.ts"
import { internName } from "./field-names.ts"
import type { Fields } from "./fields.ts"
import { seen, seenByte } from "./seen.ts"

export type FieldFault = Fault<"field-name" | "field-value" | "field-folded" | "line-feed" | "head-too-large">

/**
 * Reads the field lines of `bytes[from, to)`, stopping after the empty line if there is one; `to` must be the end of a
 * line. `text` is the same bytes decoded as latin1, beginning at `base`. Faults are found in the order of the lines,
 * so that a head read in parts and a head read at once have the same fault.
 *
 * `blankBeforeColon` strips those blanks, as a proxy must for responses and must not for requests (RFC 9112 §5.1).
 */
export function readFields(
  bytes: Buffer,
  from: number,
  to: number,
  text: string,
  base: number,
  fields: Fields,
  most: number,
  blankBeforeColon: boolean,
): FieldFault | undefined {
  let at = from
  while (at < to) {
    let hash = 0
    let nameEnd = at
    let code = bytes[at] ?? 0
    while (IS_TOKEN[code] === 1) {
      hash = (Math.imul(hash, 31) + code) | 0
      code = bytes[++nameEnd] ?? 0
    }
    let colon = nameEnd
    if (blankBeforeColon && nameEnd > at) while (code === SP || code === TAB) code = bytes[++colon] ?? 0
    if (nameEnd === at || code !== 0x3a) return notAName(bytes, at, nameEnd)

    let valueStart = colon + 1
    while ((code = bytes[valueStart] ?? 0) === SP || code === TAB) valueStart++
    let lineEnd = valueStart
    while (IS_FIELD_BYTE[bytes[lineEnd] ?? 0] === 1) lineEnd++
    if (bytes[lineEnd] !== CR || bytes[lineEnd + 1] !== LF) return notAValue(bytes, at, nameEnd, lineEnd)
    let valueEnd = lineEnd
    while (valueEnd > valueStart && ((code = bytes[valueEnd - 1] ?? 0) === SP || code === TAB)) valueEnd--

    if (fields.size === most) return { code: "head-too-large", seen: `more than ${most} fields` }
    const name = internName(bytes, at, nameEnd, hash)
    fields.push(name.name, name.spelled, text.slice(valueStart - base, valueEnd - base))
    at = lineEnd + 2
  }
  return undefined
}
