import { asBuffer, CR, LF } from "./bytes.ts"
import type { RequestFault } from "./fault.ts"
import type { RequestHead } from "./head.ts"
import { readFields } from "./read-fields.ts"
import { readRequestLine } from "./read-request-line.ts"
import { RequestDraft } from "./request-draft.ts"
import { settleRequest } from "./request-framing.ts"

export interface RequestLimits {
  /** Bytes from the first line's beginning to the empty line's end. */
  readonly headBytes: number
  readonly targetBytes: number
  readonly fields: number
}

export type RequestRead =
  | { readonly kind: "more" }
  /** `end` is the index after the empty line. */
  | { readonly kind: "head"; readonly head: RequestHead; readonly end: number }
  | {
      readonly kind: "fault"
      readonly fault: RequestFault
      /** Undefined when the fault left nothing to be made out. */
      readonly method: string | undefined
      /** Visible ASCII only. */
      readonly path: string | undefined
    }

const MORE: RequestRead = { kind: "more" }
const EMPTY_LINE = Buffer.from("\r\n\r\n")

/**
 * Reads the request head that begins at `bytes[from]`; `bytes[from, to)` is what has arrived of it (RFC 9112 §2 to §6).
 *
 * An incomplete head is read as far as it goes, so that a hopeless one is refused early; call again with the same
 * `from` and a greater `to`. How the bytes were split never changes the result.
 */
export function readRequestHead(bytes: Uint8Array, from: number, to: number, limits: RequestLimits): RequestRead {
  const buffer = asBuffer(bytes)
  // Line ends before a request line are a habit of old clients, to be ignored (RFC 9112 §2.2).
  let start = from
  while (start + 1 < to && buffer[start] === CR && buffer[start + 1] === LF) start += 2

  const limit = from + limits.headBytes
  const last = buffer.indexOf(EMPTY_LINE, start)
  const end = last + EMPTY_LINE.length
  if (last < 0 || end > to || end > limit) return readPartial(buffer, start, Math.min(to, limit), to >= limit, limits)

  const draft = new RequestDraft()
  const lineEnd = buffer.indexOf(LF, start)
  const fault =
    readRequestLine(buffer, start, lineEnd, true, draft, limits.targetBytes) ??
    readFields(buffer, lineEnd + 1, last + 2, draft.fields, limits.fields, false) ??
    settleRequest(draft)
  return fault === undefined ? { kind: "head", head: draft, end } : refuse(draft, fault)
}

/** `isFull` says that the head has reached its limit without an end. */
function readPartial(buffer: Buffer, from: number, to: number, isFull: boolean, limits: RequestLimits): RequestRead {
  const draft = new RequestDraft()
  const found = buffer.indexOf(LF, from)
  const isWhole = found >= 0 && found < to
  let fault = readRequestLine(buffer, from, isWhole ? found : to, isWhole, draft, limits.targetBytes)
  if (fault === undefined && isWhole) {
    const linesEnd = buffer.lastIndexOf(LF, to - 1) + 1
    fault = readFields(buffer, found + 1, linesEnd, draft.fields, limits.fields, false)
  }
  if (fault === undefined && isFull) fault = { code: "head-too-large", seen: `more than ${limits.headBytes} bytes` }
  return fault === undefined ? MORE : refuse(draft, fault)
}

function refuse(draft: RequestDraft, fault: RequestFault): RequestRead {
  const { method, path } = draft
  return {
    kind: "fault",
    fault,
    method: method === "" ? undefined : method,
    path: /^[!-~]+$/.test(path) ? path : undefined,
  }
}
