import type { RequestFault } from "./fault.ts"
import { isKept, type Persistence, readPersistence } from "./persistence.ts"
import { readHost } from "./read-host.ts"
import { readLength } from "./read-length.ts"
import type { RequestDraft } from "./request-draft.ts"
import { seen } from "./seen.ts"

const CHUNKED = { kind: "chunked" } as const

/**
 * Reads those fields of a whole head that decide where the request ends and whom it is for, and refuses every request
 * that another reader could see end elsewhere (RFC 9112 §3.2, §6, §9.3; RFC 9110 §7.2, §10.1.1).
 */
export function settleRequest(draft: RequestDraft): RequestFault | undefined {
  const { names, values } = draft.fields
  let hosts = 0
  let host = ""
  let expects = false
  let persistence: Persistence = "unsaid"
  for (let i = 0; i < names.length; i++) {
    const value = values[i] ?? ""
    let fault: RequestFault | undefined
    switch (names[i]) {
      case "host":
        hosts++
        host = value
        break
      case "content-length":
        fault = settleLength(draft, value)
        break
      case "transfer-encoding":
        fault = settleCoding(draft, value)
        break
      case "connection":
        persistence = readPersistence(value, persistence)
        break
      case "expect":
        expects = value.toLowerCase() === "100-continue"
        break
    }
    if (fault !== undefined) return fault
  }
  draft.keepAlive = isKept(persistence, draft.minor)
  // An HTTP/1.0 client must not be sent an interim answer, and without a body there is nothing to wait for.
  draft.expectsContinue = expects && draft.minor === 1 && hasBody(draft)
  return settleHost(draft, hosts, host)
}

function settleLength(draft: RequestDraft, value: string): RequestFault | undefined {
  if (draft.framing.kind === "sized") return { code: "length-conflict", seen: "Content-Length more than once" }
  if (draft.framing.kind === "chunked") return bothLengths()
  const length = readLength(value)
  if (length < 0) return { code: "length-invalid", seen: seen(`Content-Length: ${value}`) }
  draft.framing = { kind: "sized", length }
  return undefined
}

function settleCoding(draft: RequestDraft, value: string): RequestFault | undefined {
  if (draft.framing.kind === "sized") return bothLengths()
  if (draft.framing.kind === "chunked") return { code: "coding", seen: "Transfer-Encoding more than once" }
  if (draft.minor === 0) return { code: "coding", seen: "Transfer-Encoding in HTTP/1.0" }
  if (value.toLowerCase() !== "chunked") return { code: "coding", seen: seen(`Transfer-Encoding: ${value}`) }
  draft.framing = CHUNKED
  return undefined
}

function bothLengths(): RequestFault {
  return { code: "length-and-coding", seen: "Content-Length and Transfer-Encoding" }
}

function hasBody({ framing }: RequestDraft): boolean {
  switch (framing.kind) {
    case "none":
      return false
    case "sized":
      return framing.length > 0
    case "chunked":
      return true
  }
}

/** `Host` is checked even where an absolute target outweighs it (RFC 9112 §3.2.2). */
function settleHost(draft: RequestDraft, hosts: number, value: string): RequestFault | undefined {
  if (hosts > 1) return { code: "host", seen: "Host more than once" }
  if (hosts === 0) return draft.minor === 0 ? undefined : { code: "host", seen: "no Host" }
  if (value === "") return { code: "host", seen: "an empty Host" }
  const host = readHost(value)
  // Not shown with an @: what stands before it is a name and a password.
  if (host === undefined) return { code: "host", seen: value.includes("@") ? "a user in Host" : seen(`Host: ${value}`) }
  if (draft.host === "") draft.host = host
  return undefined
}
