import type { Framing } from "./head.ts"
import { isKept, type Persistence, readPersistence } from "./persistence.ts"
import { readLength } from "./read-length.ts"
import type { ResponseDraft } from "./response-draft.ts"
import { seen } from "./seen.ts"

const NONE: Framing = { kind: "none" }
const CHUNKED: Framing = { kind: "chunked" }
const UNTIL_CLOSE: Framing = { kind: "until-close" }

/**
 * Finds where the body of a whole head ends (RFC 9112 §6.3) and returns what was seen when its fields contradict each
 * other: they are checked even where there is no body, since the next reader may not know that.
 */
export function settleResponse(draft: ResponseDraft, requestMethod: string): string | undefined {
  const { names, values } = draft.fields
  let length = -1
  let isChunked = false
  let persistence: Persistence = "unsaid"
  for (let i = 0; i < names.length; i++) {
    const value = values[i] ?? ""
    switch (names[i]) {
      case "content-length": {
        const next = readLengths(value)
        if (next < 0) return seen(`Content-Length: ${value}`)
        if (length >= 0 && next !== length) return "two values of Content-Length"
        length = next
        break
      }
      case "transfer-encoding":
        if (isChunked || value.toLowerCase() !== "chunked") return seen(`Transfer-Encoding: ${value}`)
        isChunked = true
        break
      case "connection":
        persistence = readPersistence(value, persistence)
        break
    }
  }
  if (isChunked && length >= 0) return "Content-Length and Transfer-Encoding"
  if (isChunked && draft.minor === 0) return "Transfer-Encoding in HTTP/1.0"
  draft.framing = isBodyless(draft.status, requestMethod) ? NONE : frame(isChunked, length)
  draft.keepAlive = draft.framing.kind !== "until-close" && isKept(persistence, draft.minor)
  return undefined
}

function isBodyless(status: number, requestMethod: string): boolean {
  return status < 200 || status === 204 || status === 304 || requestMethod === "HEAD"
}

function frame(isChunked: boolean, length: number): Framing {
  if (isChunked) return CHUNKED
  return length < 0 ? UNTIL_CLOSE : { kind: "sized", length }
}

/** `5` or `5, 5`, which RFC 9112 §6.3 lets a recipient take for one; -1 for anything else. */
function readLengths(value: string): number {
  if (!value.includes(",")) return readLength(value)
  const [first = "", ...others] = value.split(",").map((part) => part.trim())
  return others.every((other) => other === first) ? readLength(first) : -1
}
