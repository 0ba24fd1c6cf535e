import { hexValue } from "./bytes.ts"
import type { Fault } from "./fault.ts"
import { seen, seenByte } from "./seen.ts"

type PathFault = Fault<"target" | "path-encoding" | "path-ambiguous" | "request-line">

/**
 * Refuses a path that two readers could take for two different paths: one that does not decode to UTF-8, and one
 * that means another after dot segments are removed (RFC 3986 §5.2.4). `path` begins with `/` and is latin1.
 */
export function checkPath(path: string): PathFault | undefined {
  let isEscaped = false
  let mayDot = false
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return badByte(code)
    if (code === 0x25) isEscaped = true
    else if (code === 0x23) return { code: "target", seen: "a fragment" }
    else if (code === 0x5c) return { code: "path-ambiguous", seen: "a backslash" }
    else if (code === 0x2e && path.charCodeAt(i - 1) === 0x2f) mayDot = true
  }
  if (isEscaped) return checkEscaped(path)
  return mayDot ? checkDots(path) : undefined
}

function badByte(code: number): PathFault {
  const what = `${seenByte(code)} in the path`
  return { code: code > 0x7f ? "path-encoding" : "request-line", seen: what }
}

function checkEscaped(path: string): PathFault | undefined {
  for (let i = path.indexOf("%"); i >= 0; i = path.indexOf("%", i + 3)) {
    const code = hexValue(path.charCodeAt(i + 1)) * 16 + hexValue(path.charCodeAt(i + 2))
    const isEscape = hexValue(path.charCodeAt(i + 1)) >= 0 && hexValue(path.charCodeAt(i + 2)) >= 0
    if (!isEscape || code === 0) return { code: "path-encoding", seen: seen(path.slice(i, i + 3)) }
  }
  const decoded = decode(path)
  if (decoded === undefined) return { code: "path-encoding", seen: "escapes that are not UTF-8" }
  // Servers on Windows take it for a slash.
  if (decoded.includes("\\")) return { code: "path-ambiguous", seen: "%5c" }
  return checkDots(decoded)
}

/** `path` has well formed escapes only. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/**
 * An escaped slash counts as a slash, since some servers decode first and split after. A segment counts without its
 * parameters (`..;x`), since servlet containers cut those off before they remove dot segments.
 */
function checkDots(decoded: string): PathFault | undefined {
  const segment = /\/\.\.?(?=[/;]|$)/.exec(decoded)?.[0]
  return segment === undefined ? undefined : { code: "path-ambiguous", seen: `the segment ${segment.slice(1)}` }
}
