import { CR, IS_FIELD_BYTE, SP } from "./bytes.ts"
import type { ResponseDraft } from "./response-draft.ts"
import { seen, seenByte } from "./seen.ts"

const ZERO = 0x30
const START = "HTTP/1."
/** Where the status is in `HTTP/1.1 200 OK`, and where the reason. */
const STATUS_AT = 9
const REASON_AT = 13

/**
 * Reads `HTTP/1.x status reason` into `draft` (RFC 9112 §4) and returns what was seen when it is none. With `isWhole`,
 * `to` is the index of the line's LF; without, it is where the bytes so far end.
 *
 * A reason may be missing with the blank before it: many servers send it so, and nothing depends on it.
 */
export function readStatusLine(
  bytes: Buffer,
  from: number,
  to: number,
  isWhole: boolean,
  draft: ResponseDraft,
): string | undefined {
  const start = bytes.latin1Slice(from, Math.min(to, from + START.length))
  if (start !== START.slice(0, start.length)) return seen(`an answer that begins ${start}`)
  if (!isWhole) return undefined
  if (bytes[to - 1] !== CR) return "LF without CR after the status line"
  const status = readStatus(bytes, from, to - 1)
  if (status < 0) return seen(bytes.latin1Slice(from, to - 1))
  for (let i = from + REASON_AT; i < to - 1; i++) {
    const code = bytes[i] ?? 0
    if (IS_FIELD_BYTE[code] !== 1) return `${seenByte(code)} in the reason of a status line`
  }
  draft.minor = bytes[from + START.length] === ZERO ? 0 : 1
  draft.status = status
  draft.reason = bytes.latin1Slice(Math.min(from + REASON_AT, to - 1), to - 1)
  return undefined
}

/** The status of a line that begins with `START`, or -1. */
function readStatus(bytes: Buffer, from: number, end: number): number {
  const minor = (bytes[from + START.length] ?? 0) - ZERO
  const hundreds = (bytes[from + STATUS_AT] ?? 0) - ZERO
  const tens = (bytes[from + STATUS_AT + 1] ?? 0) - ZERO
  const ones = (bytes[from + STATUS_AT + 2] ?? 0) - ZERO
  const after = from + REASON_AT - 1
  if (!isDigit(minor) || bytes[from + STATUS_AT - 1] !== SP || !isDigit(tens) || !isDigit(ones)) return -1
  if (hundreds < 1 || hundreds > 5 || (after !== end && bytes[after] !== SP)) return -1
  return hundreds * 100 + tens * 10 + ones
}

function isDigit(value: number): boolean {
  return value >= 0 && value <= 9
}
