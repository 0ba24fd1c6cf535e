import { CR, IS_TOKEN, SP } from "./bytes.ts"
import type { RequestFault } from "./fault.ts"
import { internName } from "./field-names.ts"
import { readPlainTarget } from "./read-plain-target.ts"
import { readTarget } from "./read-target.ts"
import type { RequestDraft } from "./request-draft.ts"
import { seen, seenByte } from "./seen.ts"

const VERSION = Uint8Array.from(Buffer.from("HTTP/1."))

/**
 * Reads `METHOD target HTTP/1.x` into `draft` (RFC 9112 §3). With `isWhole`, `to` is the index of the line's LF; without,
 * it is where the bytes so far end, and only faults that no further byte can undo are told.
 */
export function readRequestLine(
  bytes: Buffer,
  from: number,
  to: number,
  isWhole: boolean,
  draft: RequestDraft,
  targetBytes: number,
): RequestFault | undefined {
  // A CR at the end belongs to the line's end, or may.
  const end = to > from && bytes[to - 1] === CR ? to - 1 : to
  let at = from
  let hash = 0
  while (at < end && IS_TOKEN[bytes[at] ?? 0] === 1) {
    hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    at++
  }
  if (at === end) return isWhole ? withoutTarget(end, to) : undefined
  if (bytes[at] !== SP || at === from) return notAMethod(bytes[at] ?? 0)
  draft.method = internName(bytes, from, at, hash).spelled

  const target = at + 1
  let targetEnd = target
  while (targetEnd < end && bytes[targetEnd] !== SP) targetEnd++
  if (targetEnd - target > targetBytes) return { code: "target-too-long", seen: `more than ${targetBytes} bytes` }
  return isWhole ? readRest(bytes, target, targetEnd, end, to, draft) : undefined
}

function notAMethod(code: number): RequestFault {
  if (code === CR) return { code: "line-feed", seen: "CR without LF in the request line" }
  return { code: "request-line", seen: `${seenByte(code)} in the method` }
}

/** A line that holds nothing but a token ends at `end`; its LF is at `to`. */
function withoutTarget(end: number, to: number): RequestFault {
  if (end === to) return { code: "line-feed", seen: "LF without CR after the request line" }
  return { code: "request-line", seen: "no target" }
}

function readRest(
  bytes: Buffer,
  target: number,
  targetEnd: number,
  end: number,
  to: number,
  draft: RequestDraft,
): RequestFault | undefined {
  if (end === to) return { code: "line-feed", seen: "LF without CR after the request line" }
  const cr = bytes.indexOf(CR, target)
  if (cr < end) return { code: "line-feed", seen: "CR without LF in the request line" }
  if (targetEnd === target) return { code: "request-line", seen: "two blanks after the method" }
  if (targetEnd === end) return { code: "request-line", seen: "no version" }
  const isRead = readPlainTarget(bytes, target, targetEnd, draft) && draft.method !== "CONNECT"
  if (!isRead) {
    const fault = readTarget(draft.method, bytes.latin1Slice(target, targetEnd), draft)
    if (fault !== undefined) return fault
  }
  return readVersion(bytes, targetEnd + 1, end, draft)
}

function readVersion(bytes: Buffer, from: number, end: number, draft: RequestDraft): RequestFault | undefined {
  if (end - from === VERSION.length + 1 && startsWith(bytes, from, VERSION)) {
    const minor = (bytes[end - 1] ?? 0) - 0x30
    if (minor === 0 || minor === 1) {
      draft.minor = minor
      return undefined
    }
  }
  const text = bytes.latin1Slice(from, end)
  // Anything may stand here, a piece of the query for one, so only what looks like a version is shown.
  return /^HTTP\/\d+(?:\.\d+)?$/.test(text)
    ? { code: "version", seen: seen(text.slice(0, 16)) }
    : { code: "request-line", seen: "no HTTP version at the end" }
}

function startsWith(bytes: Buffer, from: number, start: Uint8Array): boolean {
  for (let i = 0; i < start.length; i++) if (bytes[from + i] !== start[i]) return false
  return true
}
