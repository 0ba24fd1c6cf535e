import { CR, IS_FIELD_BYTE, IS_TOKEN, LF, SP, TAB } from "./bytes.ts"
import type { Fault } from "./fault.ts"
import { internName } from "./field-names.ts"
import type { Fields } from "./fields.ts"
import { seen, seenByte } from "./seen.ts"

export type FieldFault = Fault<"field-name" | "field-value" | "field-folded" | "line-feed" | "head-too-large">

/**
 * Adds the field lines of `bytes[from, to)` to `fields`. `to` must follow an LF, and the empty line must be left out.
 * Faults are found in the order of the lines, so that a head read in parts and one read at once have the same fault.
 *
 * `blankBeforeColon` strips those blanks, as a proxy must for responses and must not for requests (RFC 9112 §5.1).
 */
export function readFields(
  bytes: Buffer,
  from: number,
  to: number,
  fields: Fields,
  most: number,
  blankBeforeColon: boolean,
): FieldFault | undefined {
  const text = bytes.latin1Slice(from, to)
  let at = from
  while (at < to) {
    let hash = 0
    let nameEnd = at
    let code = bytes[at] ?? 0
    while (IS_TOKEN[code] === 1) {
      hash = (Math.imul(hash, 31) + code) | 0
      nameEnd++
      code = bytes[nameEnd] ?? 0
    }
    const colon = blankBeforeColon && nameEnd > at ? skipBlanks(bytes, nameEnd) : nameEnd
    if (nameEnd === at || bytes[colon] !== 0x3a) return notAName(bytes, at, nameEnd)

    const valueStart = skipBlanks(bytes, colon + 1)
    let lineEnd = valueStart
    while (IS_FIELD_BYTE[bytes[lineEnd] ?? 0] === 1) lineEnd++
    if (bytes[lineEnd] !== CR || bytes[lineEnd + 1] !== LF) return notAValue(bytes, at, nameEnd, lineEnd)
    let valueEnd = lineEnd
    while (valueEnd > valueStart && isBlank(bytes[valueEnd - 1])) valueEnd--

    if (fields.size === most) return { code: "head-too-large", seen: `more than ${most} fields` }
    const name = internName(bytes, at, nameEnd, hash)
    fields.push(name.name, name.spelled, text.slice(valueStart - from, valueEnd - from))
    at = lineEnd + 2
  }
  return undefined
}

function isBlank(code: number | undefined): boolean {
  return code === SP || code === TAB
}

function skipBlanks(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

/** Why the line at `from` does not begin with a name and a colon; `end` is where its token ends. */
function notAName(bytes: Buffer, from: number, end: number): FieldFault {
  const name = seen(bytes.latin1Slice(from, end))
  const code = bytes[end] ?? 0
  if (end === from && isBlank(code)) return { code: "field-folded", seen: "a line that begins with a blank" }
  if (isBlank(code)) return { code: "field-name", seen: seen(`a blank after the field name ${name}`) }
  if (code === LF) return { code: "line-feed", seen: "LF without CR" }
  if (code !== CR) {
    return { code: "field-name", seen: seen(name === "" ? seenByte(code) : `${seenByte(code)} after ${name}`) }
  }
  if (bytes[end + 1] !== LF) return { code: "line-feed", seen: "CR without LF" }
  // The line may hold anything, a stray credential too, so none of it is shown.
  return { code: "field-name", seen: "a line without a colon" }
}

/** Why the value of the field whose name is `bytes[from, nameEnd)` ends at `end` without CRLF. */
function notAValue(bytes: Buffer, from: number, nameEnd: number, end: number): FieldFault {
  const name = bytes.latin1Slice(from, nameEnd)
  const code = bytes[end] ?? 0
  if (code === LF) return { code: "line-feed", seen: seen(`LF without CR in ${name}`) }
  if (code === CR) return { code: "line-feed", seen: seen(`CR without LF in ${name}`) }
  return { code: "field-value", seen: seen(`${seenByte(code)} in ${name}`) }
}
