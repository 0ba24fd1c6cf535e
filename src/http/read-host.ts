import { isIPv6 } from "node:net"

const MOST_PORT = 65535

/** Letters, digits and `-._~`: what a registered name or an IPv4 address may be made of. */
function isNameCode(code: number): boolean {
  const lower = code | 0x20
  if (lower >= 0x61 && lower <= 0x7a) return true
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x5f || code === 0x7e
}

function nameEnd(text: string): number {
  let at = 0
  while (at < text.length && isNameCode(text.charCodeAt(at))) at++
  return at
}

/** Where the port's colon is or the text ends; -1 when the text does not begin with a host. */
function hostEnd(text: string): number {
  if (text.startsWith("[")) {
    const close = text.indexOf("]")
    const address = text.slice(1, close)
    // A zone (`%eth0`) means something on the sender's machine only.
    return close > 0 && isIPv6(address) && !address.includes("%") ? close + 1 : -1
  }
  const end = nameEnd(text)
  return end === 0 || text.startsWith(".") || text.slice(0, end).includes("..") ? -1 : end
}

/** Whether the text is what nearly every host is: a name in lower case, without a port. */
function isPlain(text: string): boolean {
  let before = 0x2e
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x2e) {
      if (before === 0x2e) return false
    } else if ((code < 0x61 || code > 0x7a) && (code < 0x30 || code > 0x39) && code !== 0x2d) return false
    before = code
  }
  return text.length > 0
}

/**
 * `host[:port]` in lower case (RFC 9110 §7.2), or undefined when it is neither. Stricter than RFC 3986 in what a
 * name may hold: sub-delims and percent escapes are in no DNS name, and routing on them invites two readings.
 */
export function readHost(text: string): string | undefined {
  if (isPlain(text)) return text
  const end = hostEnd(text)
  if (end < 0) return undefined
  if (end === text.length) return text.toLowerCase()
  if (text[end] !== ":") return undefined
  const digits = text.slice(end + 1)
  // RFC 3986 §3.2.3 lets a colon stand without a port.
  if (digits === "") return text.slice(0, end).toLowerCase()
  if (!/^\d{1,5}$/.test(digits)) return undefined
  const port = Number(digits)
  return port > 0 && port <= MOST_PORT ? text.toLowerCase() : undefined
}
