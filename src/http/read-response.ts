import { asBuffer, LF } from "./bytes.ts"
import type { UpstreamFault } from "./fault.ts"
import type { ResponseHead } from "./head.ts"
import { readFields } from "./read-fields.ts"
import { readStatusLine } from "./read-status-line.ts"
import { ResponseDraft } from "./response-draft.ts"
import { settleResponse } from "./response-framing.ts"

export interface ResponseLimits {
  /** Bytes from the status line's beginning to the empty line's end. */
  readonly headBytes: number
  readonly fields: number
}

export type ResponseRead =
  | { readonly kind: "more" }
  /** `end` is the index after the empty line. */
  | { readonly kind: "head"; readonly head: ResponseHead; readonly end: number }
  /** Always `malformed`. */
  | { readonly kind: "fault"; readonly fault: UpstreamFault }

const MORE: ResponseRead = { kind: "more" }
const EMPTY_LINE = Buffer.from("\r\n\r\n")

/**
 * Reads the response head that begins at `bytes[from]`; `bytes[from, to)` is what has arrived of it (RFC 9112 §4 to §6).
 * `requestMethod` is that of the request it answers: the answer to HEAD has no body, whatever its fields say.
 *
 * An incomplete head is read as far as it goes, so that a hopeless one is refused early; call again with the same
 * `from` and a greater `to`.
 */
export function readResponseHead(
  bytes: Uint8Array,
  from: number,
  to: number,
  limits: ResponseLimits,
  requestMethod: string,
): ResponseRead {
  const buffer = asBuffer(bytes)
  const limit = from + limits.headBytes
  const last = buffer.indexOf(EMPTY_LINE, from)
  const end = last + EMPTY_LINE.length
  if (last < 0 || end > to || end > limit) return readPartial(buffer, from, Math.min(to, limit), to >= limit, limits)

  const draft = new ResponseDraft()
  const lineEnd = buffer.indexOf(LF, from)
  const seen =
    readStatusLine(buffer, from, lineEnd, true, draft) ??
    readFields(buffer, lineEnd + 1, last + 2, draft.fields, limits.fields, true)?.seen ??
    settleResponse(draft, requestMethod)
  return seen === undefined ? { kind: "head", head: draft, end } : refuse(seen)
}

/** `isFull` says that the head has reached its limit without an end. */
function readPartial(buffer: Buffer, from: number, to: number, isFull: boolean, limits: ResponseLimits): ResponseRead {
  const draft = new ResponseDraft()
  const found = buffer.indexOf(LF, from)
  const isWhole = found >= 0 && found < to
  let seen = readStatusLine(buffer, from, isWhole ? found : to, isWhole, draft)
  if (seen === undefined && isWhole) {
    const linesEnd = buffer.lastIndexOf(LF, to - 1) + 1
    seen = readFields(buffer, found + 1, linesEnd, draft.fields, limits.fields, true)?.seen
  }
  if (seen === undefined && isFull) seen = `a head of more than ${limits.headBytes} bytes`
  return seen === undefined ? MORE : refuse(seen)
}

function refuse(seen: string): ResponseRead {
  return { kind: "fault", fault: { code: "malformed", seen } }
}
