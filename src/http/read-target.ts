import type { Fault } from "./fault.ts"
import { readHost } from "./read-host.ts"
import { checkPath } from "./read-path.ts"
import { seen, seenByte } from "./seen.ts"

export type TargetFault = Fault<"target" | "path-encoding" | "path-ambiguous" | "host" | "request-line">

export interface Target {
  path: string
  query: string
  /** From an absolute target; empty when the target has none. */
  host: string
}

/**
 * Reads a request target (RFC 9112 §3.2) into `target`, whose path is filled even when it has a fault, so that the
 * fault can be told with its path. `text` is latin1.
 */
export function readTarget(method: string, text: string, target: Target): TargetFault | undefined {
  if (method === "CONNECT") return { code: "target", seen: "CONNECT" }
  if (text.charCodeAt(0) === 0x2f) return readOrigin(text, target)
  if (text === "*") {
    if (method !== "OPTIONS") return { code: "target", seen: seen(`* with ${method}`) }
    target.path = "*"
    return undefined
  }
  const scheme = /^https?:\/\//i.exec(text)?.[0]
  if (scheme === undefined) return { code: "target", seen: seenTarget(withoutQuery(text)) }
  return readAbsolute(text, scheme.length, target)
}

function seenTarget(text: string): string {
  // Not shown: what stands before the @ may be a name and a password, whatever the scheme.
  return text.includes("@") ? "a user in the target" : seen(text) || "a query without a path"
}

function withoutQuery(text: string): string {
  const mark = text.indexOf("?")
  return mark < 0 ? text : text.slice(0, mark)
}

function readAbsolute(text: string, hostStart: number, target: Target): TargetFault | undefined {
  let hostEnd = text.slice(hostStart).search(/[/?#]/)
  hostEnd = hostEnd < 0 ? text.length : hostStart + hostEnd
  const authority = text.slice(hostStart, hostEnd)
  // Not shown: what stands before the @ is a name and a password.
  if (authority.includes("@")) return { code: "target", seen: "a user in the target's authority" }
  const host = readHost(authority)
  if (host === undefined) return { code: "host", seen: seen(authority) }
  target.host = host
  const rest = text.slice(hostEnd)
  return readOrigin(rest.startsWith("/") ? rest : `/${rest}`, target)
}

function readOrigin(text: string, target: Target): TargetFault | undefined {
  const mark = text.indexOf("?")
  target.path = mark < 0 ? text : text.slice(0, mark)
  target.query = mark < 0 ? "" : text.slice(mark)
  return checkPath(target.path) ?? checkQuery(target.query)
}

function checkQuery(query: string): TargetFault | undefined {
  for (let i = 0; i < query.length; i++) {
    const code = query.charCodeAt(i)
    if (code > 0x20 && code < 0x7f && code !== 0x23) continue
    const what = `${seenByte(code)} in the query`
    if (code === 0x23) return { code: "target", seen: what }
    return { code: code > 0x7f ? "path-encoding" : "request-line", seen: what }
  }
  return undefined
}
